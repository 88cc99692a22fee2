// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/archive`; also those that it spawned. */
export type ThreadArchiveParams = {
  "threadId": string;
};
