// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/backgroundTerminals/terminate`. */
export type ThreadBackgroundTerminalsTerminateParams = {
  "threadId": string;
  "processId": string;
};
