// Generated from the types of the package `protocol`. Changes belong there.

/** Certificates for the way to the collector. Keys are in kebab-case. */
export type OtelTlsConfig = {
  "ca-certificate": string | null;
  "client-certificate": string | null;
  "client-private-key": string | null;
};
