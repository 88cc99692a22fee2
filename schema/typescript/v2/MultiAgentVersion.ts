// Generated from the types of the package `protocol`. Changes belong there.

/** How a model works with several agents. */
export type MultiAgentVersion = "disabled" | "v1" | "v2";
