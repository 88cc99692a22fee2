// Generated from the types of the package `protocol`. Changes belong there.

import type { ToolRequestUserInputOption } from "./ToolRequestUserInputOption";

/** One question with its prepared answers. */
export type ToolRequestUserInputQuestion = {
  /** The key of the answer. */
  "id": string;
  /** A few words. */
  "header": string;
  "question": string;
  /** An answer in the user's own words may be given too. */
  "isOther": boolean;
  /** What is typed must not be shown. */
  "isSecret": boolean;
  "options": Array<ToolRequestUserInputOption> | null;
};
