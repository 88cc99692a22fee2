// Generated from the types of the package `protocol`. Changes belong there.

/** Where the user roughly is. */
export type WebSearchLocation = {
  "country": string | null;
  "region": string | null;
  "city": string | null;
  /** An IANA name. */
  "timezone": string | null;
};
