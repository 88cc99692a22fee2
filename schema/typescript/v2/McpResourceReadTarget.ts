// Generated from the types of the package `protocol`. Changes belong there.

/** The account of an app that is asked. */
export type McpResourceReadTarget = {
  "connectorId": string;
  "linkId": string | null;
};
