// Generated from the types of the package `protocol`. Changes belong there.

import type { TurnError } from "./TurnError";

/** `error`: a request upstream failed. */
export type ErrorNotification = {
  "error": TurnError;
  /** True: the turn goes on with another try. False: the turn ends with it. */
  "willRetry": boolean;
  "threadId": string;
  "turnId": string;
};
