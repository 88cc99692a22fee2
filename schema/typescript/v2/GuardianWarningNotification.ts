// Generated from the types of the package `protocol`. Changes belong there.

/** `guardianWarning`: a word of the automatic reviewer. */
export type GuardianWarningNotification = {
  "threadId": string;
  "message": string;
};
