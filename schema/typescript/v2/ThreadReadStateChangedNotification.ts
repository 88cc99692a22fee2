// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadReadState } from "./ThreadReadState";

/** `thread/readState/changed`. */
export type ThreadReadStateChangedNotification = {
  "threadId": string;
  "readState": ThreadReadState;
};
