// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/archived`. */
export type ThreadArchivedNotification = {
  "threadId": string;
};
