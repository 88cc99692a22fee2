// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/compact/start`: a turn that compacts the history. */
export type ThreadCompactStartParams = {
  "threadId": string;
};
