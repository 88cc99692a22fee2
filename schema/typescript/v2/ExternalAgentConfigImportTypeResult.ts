// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigImportItemTypeFailure } from "./ExternalAgentConfigImportItemTypeFailure";
import type { ExternalAgentConfigImportItemTypeSuccess } from "./ExternalAgentConfigImportItemTypeSuccess";
import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/** What became of one kind. */
export type ExternalAgentConfigImportTypeResult = {
  "itemType": ExternalAgentConfigMigrationItemType;
  "successes": Array<ExternalAgentConfigImportItemTypeSuccess>;
  "failures": Array<ExternalAgentConfigImportItemTypeFailure>;
};
