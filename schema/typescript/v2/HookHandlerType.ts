// Generated from the types of the package `protocol`. Changes belong there.

/** What a hook does. */
export type HookHandlerType = "command" | "mcpTool" | "prompt" | "agent";
