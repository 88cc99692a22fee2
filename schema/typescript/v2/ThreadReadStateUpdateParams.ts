// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadReadStateOperation } from "./ThreadReadStateOperation";

/** `thread/readState/update`. */
export type ThreadReadStateUpdateParams = {
  "threadId": string;
  "operation": ThreadReadStateOperation;
  "expectedRevision": string;
};
