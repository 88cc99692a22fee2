// Generated from the types of the package `protocol`. Changes belong there.

/** With or without an administrator's rights. */
export type WindowsSandboxSetupMode = "elevated" | "unelevated";
