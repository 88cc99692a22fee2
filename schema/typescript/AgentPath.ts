// Generated from the types of the package `protocol`. Changes belong there.

/** A sub-agent's place among its relatives. */
export type AgentPath = string;
