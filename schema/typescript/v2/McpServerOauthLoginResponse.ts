// Generated from the types of the package `protocol`. Changes belong there.

/** The client is to open the address. */
export type McpServerOauthLoginResponse = {
  "authorizationUrl": string;
  "loginId"?: string;
};
