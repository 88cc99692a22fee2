// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigMigrationItem } from "./ExternalAgentConfigMigrationItem";

/** `externalAgentConfig/import`. */
export type ExternalAgentConfigImportParams = {
  "migrationItems": Array<ExternalAgentConfigMigrationItem>;
  "source"?: string | null;
  "providerId"?: string | null;
  "migrationSource"?: string | null;
};
