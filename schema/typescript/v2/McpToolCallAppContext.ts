// Generated from the types of the package `protocol`. Changes belong there.

/** The app that a tool belongs to. */
export type McpToolCallAppContext = {
  "connectorId": string;
  "linkId": string | null;
  "resourceUri": string | null;
  "appName": string | null;
  "actionName": string | null;
};
