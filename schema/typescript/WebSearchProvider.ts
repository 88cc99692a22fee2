// Generated from the types of the package `protocol`. Changes belong there.

/** Who answers the searches that the client shows. */
export type WebSearchProvider = "standalone" | "search_mcp";
