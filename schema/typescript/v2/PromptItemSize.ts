// Generated from the types of the package `protocol`. Changes belong there.

import type { PromptPartSize } from "./PromptPartSize";

/** The size of one item of the input. */
export type PromptItemSize = {
  "index": number;
  /** The item's own type, such as `message`. */
  "type": string;
  /** Of its JSON text in UTF-8. */
  "bytes": number;
  "estimatedTokens": number;
  /** Of a message; empty for other items. */
  "parts": Array<PromptPartSize>;
};
