// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentConfigMigrationItem } from "./ExternalAgentConfigMigrationItem";
import type { ExternalAgentDetectedConnectorCandidate } from "./ExternalAgentDetectedConnectorCandidate";

/** What was found. */
export type ExternalAgentConfigDetectResponse = {
  "items": Array<ExternalAgentConfigMigrationItem>;
  "connectors": Array<ExternalAgentDetectedConnectorCandidate>;
};
