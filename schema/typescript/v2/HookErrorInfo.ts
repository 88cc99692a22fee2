// Generated from the types of the package `protocol`. Changes belong there.

/** A declaration that could not be read. */
export type HookErrorInfo = {
  "path": string;
  "message": string;
};
