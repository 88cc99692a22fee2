// Generated from the types of the package `protocol`. Changes belong there.

/** `turn/diff/updated`: all changes of the turn so far, as one unified diff. */
export type TurnDiffUpdatedNotification = {
  "threadId": string;
  "turnId": string;
  "diff": string;
};
