// Generated from the types of the package `protocol`. Changes belong there.

import type { ToolRequestUserInputQuestion } from "./ToolRequestUserInputQuestion";

/** `item/tool/requestUserInput`: the model asks the user. */
export type ToolRequestUserInputParams = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "questions": Array<ToolRequestUserInputQuestion>;
  /** False: the turn goes on meanwhile. */
  "isBlocking": boolean;
  /** After so many milliseconds the client may answer by itself. */
  "autoResolutionMs": number | null;
};
