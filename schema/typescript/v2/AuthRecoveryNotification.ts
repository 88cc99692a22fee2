// Generated from the types of the package `protocol`. Changes belong there.

/** What the two notifications about a renewed login have in common. */
export type AuthRecoveryNotification = {
  "threadId": string;
  "turnId": string;
  /** Its id. */
  "provider": string;
  "message": string;
};
