// Generated from the types of the package `protocol`. Changes belong there.

/** How large an app wants to be shown. */
export type McpAppDisplayMode = "inline" | "fullscreen";
