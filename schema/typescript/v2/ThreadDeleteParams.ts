// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/delete`: for good. */
export type ThreadDeleteParams = {
  "threadId": string;
};
