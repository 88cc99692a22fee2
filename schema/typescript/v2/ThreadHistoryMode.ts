// Generated from the types of the package `protocol`. Changes belong there.

/** How the history is handed out: whole, or in pages. */
export type ThreadHistoryMode = "legacy" | "paginated";
