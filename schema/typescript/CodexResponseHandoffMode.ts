// Generated from the types of the package `protocol`. Changes belong there.

/** How the agent's answers reach the voice. */
export type CodexResponseHandoffMode = "thinking" | "commentary" | "bemTags";
