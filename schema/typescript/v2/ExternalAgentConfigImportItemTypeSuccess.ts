// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/** Something that was taken over. */
export type ExternalAgentConfigImportItemTypeSuccess = {
  "itemType": ExternalAgentConfigMigrationItemType;
  "cwd": string | null;
  "source": string | null;
  "target": string | null;
  "title": string | null;
};
