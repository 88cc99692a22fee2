// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/unarchive`. */
export type ThreadUnarchiveParams = {
  "threadId": string;
};
