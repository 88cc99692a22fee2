// Generated from the types of the package `protocol`. Changes belong there.

/** Where the unseen begins. */
export type ThreadUnreadPosition =
  | { "type": "threadStart" }
  | { "type": "turn", "turnId": string };
