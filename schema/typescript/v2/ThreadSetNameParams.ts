// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/name/set`. */
export type ThreadSetNameParams = {
  "threadId": string;
  "name": string;
};
