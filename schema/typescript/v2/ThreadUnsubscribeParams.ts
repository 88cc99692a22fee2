// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/unsubscribe`: this connection no longer wants to hear of it. */
export type ThreadUnsubscribeParams = {
  "threadId": string;
};
