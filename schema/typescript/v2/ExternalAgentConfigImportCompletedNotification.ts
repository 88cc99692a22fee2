// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigImportTypeResult } from "./ExternalAgentConfigImportTypeResult";

/** `externalAgentConfig/import/completed`. */
export type ExternalAgentConfigImportCompletedNotification = {
  "importId": string;
  "itemTypeResults": Array<ExternalAgentConfigImportTypeResult>;
};
