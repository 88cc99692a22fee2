// Generated from the types of the package `protocol`. Changes belong there.

/** The size of one item of the input. */
export type PromptItemSize = {
  "index": number;
  /** The item's own type, such as `message`. */
  "type": string;
  /** Of its JSON text in UTF-8. */
  "bytes": number;
  "estimatedTokens": number;
};
