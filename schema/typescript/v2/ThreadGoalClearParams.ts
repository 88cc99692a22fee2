// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadGoalMutationOrigin } from "./ThreadGoalMutationOrigin";

/** `thread/goal/clear`. */
export type ThreadGoalClearParams = {
  "threadId": string;
  "origin"?: ThreadGoalMutationOrigin | null;
};
