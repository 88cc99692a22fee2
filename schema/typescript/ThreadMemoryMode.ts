// Generated from the types of the package `protocol`. Changes belong there.

/** Whether memories may be made of the thread. */
export type ThreadMemoryMode = "enabled" | "disabled";
