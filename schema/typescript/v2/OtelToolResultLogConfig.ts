// Generated from the types of the package `protocol`. Changes belong there.

/** How much of a tool's result is logged. */
export type OtelToolResultLogConfig = {
  "max_bytes": number;
};
