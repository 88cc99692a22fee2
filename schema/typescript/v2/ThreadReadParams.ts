// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/read`: a thread without loading it. */
export type ThreadReadParams = {
  "threadId": string;
  "includeTurns"?: boolean;
};
