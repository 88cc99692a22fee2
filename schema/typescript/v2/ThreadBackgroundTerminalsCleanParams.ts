// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/backgroundTerminals/clean`: ends them all. */
export type ThreadBackgroundTerminalsCleanParams = {
  "threadId": string;
};
