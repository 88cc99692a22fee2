// Generated from the types of the package `protocol`. Changes belong there.

/** It has begun. */
export type ExternalAgentConfigImportResponse = {
  "importId": string;
};
