// Generated from the types of the package `protocol`. Changes belong there.

/** Kinds of items whose output may wait until it is asked for. */
export type ThreadItemOutputDeferral = {
  "commandExecution"?: boolean;
  "mcpToolCall"?: boolean;
};
