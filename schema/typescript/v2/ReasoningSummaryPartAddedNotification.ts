// Generated from the types of the package `protocol`. Changes belong there.

/** `item/reasoning/summaryPartAdded`: a part of the summary begins. */
export type ReasoningSummaryPartAddedNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "summaryIndex": number;
};
