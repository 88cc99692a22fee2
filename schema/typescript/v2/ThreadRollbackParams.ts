// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/rollback`: takes back the last turns. Files stay as they are. */
export type ThreadRollbackParams = {
  "threadId": string;
  /** At least 1. */
  "numTurns": number;
};
