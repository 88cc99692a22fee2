// Generated from the types of the package `protocol`. Changes belong there.

/** How we make ourselves known to the issuer. */
export type McpServerOauthClientRegistration = "auto" | "cimd" | "dcr";
