// Generated from the types of the package `protocol`. Changes belong there.

/** When an agent may spawn others. Accepted and echoed; the reasoning effort decides nowadays. */
export type MultiAgentMode = "explicitRequestOnly" | "proactive" | { "custom": string };
