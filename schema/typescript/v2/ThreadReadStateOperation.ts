// Generated from the types of the package `protocol`. Changes belong there.

/** What to change. */
export type ThreadReadStateOperation =
  | { "type": "read" }
  | { "type": "unread" };
