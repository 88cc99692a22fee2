// Generated from the types of the package `protocol`. Changes belong there.

/** What the answer carries besides the input. */
export type DebugPromptInputPart = "instructions" | "tools" | "sizes";
