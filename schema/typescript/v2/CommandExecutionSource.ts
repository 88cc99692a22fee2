// Generated from the types of the package `protocol`. Changes belong there.

/** Who started the command. */
export type CommandExecutionSource = "agent" | "userShell" | "unifiedExecStartup" | "unifiedExecInteraction";
