// Generated from the types of the package `protocol`. Changes belong there.

import type { SubAgentSource } from "../SubAgentSource";

/** What kind of host created the thread. */
export type SessionSource =
  | "cli"
  | "vscode"
  | "exec"
  | "appServer"
  | "unknown"
  | { "custom": string }
  | { "subAgent": SubAgentSource };
