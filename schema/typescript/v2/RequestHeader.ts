// Generated from the types of the package `protocol`. Changes belong there.

/** A header that requests of the browser carry. */
export type RequestHeader = {
  "name": string;
  "value": string;
};
