// Generated from the types of the package `protocol`. Changes belong there.

/** One piece of raw thoughts. */
export type ReasoningItemContent =
  | { "type": "reasoning_text", "text": string }
  | { "type": "text", "text": string };
