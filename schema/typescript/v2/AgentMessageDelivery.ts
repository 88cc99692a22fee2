// Generated from the types of the package `protocol`. Changes belong there.

/** Set for messages that came outside of the turn's own course. */
export type AgentMessageDelivery = "async";
