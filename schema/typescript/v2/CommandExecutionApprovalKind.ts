// Generated from the types of the package `protocol`. Changes belong there.

/** What is to be approved: a command of the model, one of a person, or input for one. */
export type CommandExecutionApprovalKind = "command" | "humanCommand" | "writeStdin";
