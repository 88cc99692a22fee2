// Generated from the types of the package `protocol`. Changes belong there.

/** The answers to one question. */
export type ToolRequestUserInputAnswer = {
  "answers": Array<string>;
};
