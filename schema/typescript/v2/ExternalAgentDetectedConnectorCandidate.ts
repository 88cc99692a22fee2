// Generated from the types of the package `protocol`. Changes belong there.

import type { ExternalAgentDetectedConnectorSource } from "./ExternalAgentDetectedConnectorSource";

/** An app that the other agent uses. */
export type ExternalAgentDetectedConnectorCandidate = {
  "name": string;
  "sessionCount": number;
  "source": ExternalAgentDetectedConnectorSource;
};
