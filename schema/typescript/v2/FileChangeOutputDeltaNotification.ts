// Generated from the types of the package `protocol`. Changes belong there.

/** `item/fileChange/outputDelta`: more output of applying a change. */
export type FileChangeOutputDeltaNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "delta": string;
};
