// Generated from the types of the package `protocol`. Changes belong there.

/** One part of the summary of thoughts. */
export type ReasoningItemReasoningSummary =
  | { "type": "summary_text", "text": string };
