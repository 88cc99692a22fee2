// Generated from the types of the package `protocol`. Changes belong there.

/** `item/reasoning/summaryTextDelta`: more of a part of the summary. */
export type ReasoningSummaryTextDeltaNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "delta": string;
  /** The part that it belongs to. */
  "summaryIndex": number;
};
