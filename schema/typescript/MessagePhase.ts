// Generated from the types of the package `protocol`. Changes belong there.

/** Whether a message of the agent is a remark on the way or the answer. */
export type MessagePhase = "commentary" | "partial_answer" | "final_answer";
