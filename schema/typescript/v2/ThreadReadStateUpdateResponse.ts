// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadReadState } from "./ThreadReadState";

/** The state as it is now. */
export type ThreadReadStateUpdateResponse = {
  "readState": ThreadReadState;
};
