// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the mail went out. */
export type AddCreditsNudgeEmailStatus = "sent" | "cooldown_active";
