// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";
import type { MigrationDetails } from "./MigrationDetails";

/** Something that can be taken over. */
export type ExternalAgentConfigMigrationItem = {
  "itemType": ExternalAgentConfigMigrationItemType;
  "description": string;
  /** Of a project; null: of the user. */
  "cwd": string | null;
  "details": MigrationDetails | null;
};
