// Generated from the types of the package `protocol`. Changes belong there.

import type { AgentMessageDisplay } from "./AgentMessageDisplay";

/** What moderation did to a message. */
export type AgentMessageModeration = {
  "moderated": boolean;
  "display": AgentMessageDisplay | null;
};
