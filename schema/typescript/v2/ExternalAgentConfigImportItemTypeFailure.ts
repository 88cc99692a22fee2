// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/** Something that was not. */
export type ExternalAgentConfigImportItemTypeFailure = {
  "itemType": ExternalAgentConfigMigrationItemType;
  "errorType": string | null;
  "subErrorType": string | null;
  "failureStage": string;
  "message": string;
  "cwd": string | null;
  "source": string | null;
};
