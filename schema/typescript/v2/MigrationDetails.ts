// Generated from the types of the package `protocol`. Changes belong there.

import type { CommandMigration } from "./CommandMigration";
import type { HookMigration } from "./HookMigration";
import type { McpServerMigration } from "./McpServerMigration";
import type { PluginsMigration } from "./PluginsMigration";
import type { SessionMigration } from "./SessionMigration";
import type { SkillMigration } from "./SkillMigration";
import type { SubagentMigration } from "./SubagentMigration";

/** What exactly. */
export type MigrationDetails = {
  "plugins": Array<PluginsMigration>;
  "skills": Array<SkillMigration>;
  "sessions": Array<SessionMigration>;
  "mcpServers": Array<McpServerMigration>;
  "hooks": Array<HookMigration>;
  "subagents": Array<SubagentMigration>;
  "commands": Array<CommandMigration>;
  "memory"?: Array<string>;
};
