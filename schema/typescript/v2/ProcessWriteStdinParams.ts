// Generated from the types of the package `protocol`. Changes belong there.

/** `process/writeStdin`. */
export type ProcessWriteStdinParams = {
  "processHandle": string;
  "deltaBase64"?: string | null;
  "closeStdin"?: boolean;
};
