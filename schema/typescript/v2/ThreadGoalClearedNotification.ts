// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/goal/cleared`. */
export type ThreadGoalClearedNotification = {
  "threadId": string;
};
