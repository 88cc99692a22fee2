// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** What a hook does. */
export type ConfiguredHookHandler =
  | {
    "type": "command";
    "command": string;
    /** In place of `command` on Windows. */
    "commandWindows": string | null;
    "timeoutSec": number | null;
    /** True: the turn does not wait for it. */
    "async": boolean;
    "statusMessage": string | null;
    /** In characters. */
    "additionalContextLimit": number | null;
  }
  | { "type": "mcp_tool", "server": string, "tool": string, "input": { [key in string]?: JsonValue }, "timeoutSec": number | null, "statusMessage": string | null }
  | { "type": "prompt" }
  | { "type": "agent" };
