// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfiguredHookMatcherGroup } from "./ConfiguredHookMatcherGroup";

/** The hooks by event. Keys are the names of the events, in their own spelling. */
export type ManagedHooksRequirements = {
  "PreModelRequest": Array<ConfiguredHookMatcherGroup>;
  "PostModelRequest": Array<ConfiguredHookMatcherGroup>;
  /** The folder of the scripts. */
  "managedDir": string | null;
  "windowsManagedDir": string | null;
  "PreToolUse": Array<ConfiguredHookMatcherGroup>;
  "PermissionRequest": Array<ConfiguredHookMatcherGroup>;
  "PostToolUse": Array<ConfiguredHookMatcherGroup>;
  "PreCompact": Array<ConfiguredHookMatcherGroup>;
  "PostCompact": Array<ConfiguredHookMatcherGroup>;
  "SessionStart": Array<ConfiguredHookMatcherGroup>;
  "SessionEnd": Array<ConfiguredHookMatcherGroup>;
  "UserPromptSubmit": Array<ConfiguredHookMatcherGroup>;
  "SubagentStart": Array<ConfiguredHookMatcherGroup>;
  "SubagentStop": Array<ConfiguredHookMatcherGroup>;
  "Stop": Array<ConfiguredHookMatcherGroup>;
  "Interrupt": Array<ConfiguredHookMatcherGroup>;
};
