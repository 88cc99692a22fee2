// Generated from the types of the package `protocol`. Changes belong there.

import type { AgentPath } from "./AgentPath";
import type { ThreadId } from "./ThreadId";

/** What a sub-agent's thread is for. */
export type SubAgentSource =
  | "review"
  | "compact"
  | "memory_consolidation"
  | { "thread_spawn": {
    "parent_thread_id": ThreadId;
    /** 1 for a child of a root thread. */
    "depth": number;
    "agent_path": AgentPath | null;
    "agent_nickname": string | null;
    "agent_role": string | null;
  } }
  | { "other": string };
