// Generated from the types of the package `protocol`. Changes belong there.

/** What happened to a sub-agent. */
export type SubAgentActivityKind = "started" | "interacted" | "interrupted" | "completed";
