// Generated from the types of the package `protocol`. Changes belong there.

/** Whether a login is needed and there. */
export type McpAuthStatus = "unknown" | "unsupported" | "notLoggedIn" | "bearerToken" | "oAuth";
