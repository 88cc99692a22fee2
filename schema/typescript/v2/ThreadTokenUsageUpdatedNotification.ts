// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadTokenUsage } from "./ThreadTokenUsage";

/** `thread/tokenUsage/updated`. */
export type ThreadTokenUsageUpdatedNotification = {
  "threadId": string;
  "turnId": string;
  "tokenUsage": ThreadTokenUsage;
};
