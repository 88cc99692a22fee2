// Generated from the types of the package `protocol`. Changes belong there.

/** `item/reasoning/textDelta`: more of the raw thoughts. */
export type ReasoningTextDeltaNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "delta": string;
  /** The part that it belongs to. */
  "contentIndex": number;
};
