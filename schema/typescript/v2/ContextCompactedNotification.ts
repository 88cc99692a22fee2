// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/compacted`: the history was replaced by a summary. */
export type ContextCompactedNotification = {
  "threadId": string;
  "turnId": string;
};
