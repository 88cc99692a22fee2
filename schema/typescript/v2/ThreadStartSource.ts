// Generated from the types of the package `protocol`. Changes belong there.

/** Why a thread is started; only hooks see it. */
export type ThreadStartSource = "startup" | "clear";
