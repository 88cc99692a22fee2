// Generated from the types of the package `protocol`. Changes belong there.

import type { ConversationGitInfo } from "./ConversationGitInfo";
import type { SessionSource } from "./SessionSource";
import type { ThreadId } from "./ThreadId";

/** What the head of a rollout tells about a conversation. */
export type ConversationSummary = {
  "conversationId": ThreadId;
  "path": string;
  "preview": string;
  /** RFC 3339, of the creation. */
  "timestamp": string | null;
  /** RFC 3339. */
  "updatedAt": string | null;
  "modelProvider": string;
  "cwd": string;
  "cliVersion": string;
  "source": SessionSource;
  "gitInfo": ConversationGitInfo | null;
};
