// Generated from the types of the package `protocol`. Changes belong there.

import type { InternalSessionSource } from "./InternalSessionSource";
import type { SubAgentSource } from "./SubAgentSource";

/** What kind of host created the conversation, in the words of rollouts: `mcp` is today's `appServer`. */
export type SessionSource =
  | "cli"
  | "vscode"
  | "exec"
  | "mcp"
  | "unknown"
  | { "custom": string }
  | { "internal": InternalSessionSource }
  | { "subagent": SubAgentSource };
