// Generated from the types of the package `protocol`. Changes belong there.

/** What the server does for itself in a thread of its own. */
export type InternalSessionSource = "memory_consolidation" | "guardian";
