// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/goal/get`. */
export type ThreadGoalGetParams = {
  "threadId": string;
};
