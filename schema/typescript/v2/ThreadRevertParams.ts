// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/revert`: takes back a turn and all after it. Files stay as they are. */
export type ThreadRevertParams = {
  "threadId": string;
  "beforeTurnId": string;
};
