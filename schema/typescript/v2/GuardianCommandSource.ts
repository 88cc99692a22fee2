// Generated from the types of the package `protocol`. Changes belong there.

/** Which tool the command belongs to. */
export type GuardianCommandSource = "shell" | "unifiedExec";
