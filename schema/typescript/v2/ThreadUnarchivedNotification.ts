// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/unarchived`. */
export type ThreadUnarchivedNotification = {
  "threadId": string;
};
