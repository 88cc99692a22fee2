// Generated from the types of the package `protocol`. Changes belong there.

/** Which of the two. */
export type CommandExecOutputStream = "stdout" | "stderr";
