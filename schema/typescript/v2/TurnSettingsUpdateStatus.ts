// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the turn was still there to take them. */
export type TurnSettingsUpdateStatus = "applied" | "targetUnavailable";
