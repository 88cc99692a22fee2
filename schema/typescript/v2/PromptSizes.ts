// Generated from the types of the package `protocol`. Changes belong there.

import type { PromptItemSize } from "./PromptItemSize";

/** The sizes of what would be sent. */
export type PromptSizes = {
  /** In the order of `input`. */
  "items": Array<PromptItemSize>;
  "totalBytes": number;
  "totalEstimatedTokens": number;
};
