// Generated from the types of the package `protocol`. Changes belong there.

/** A question that a message asks without waiting. */
export type AsyncUserInputQuestion = {
  "title": string;
  "options": Array<string> | null;
};
