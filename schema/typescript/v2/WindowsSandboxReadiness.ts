// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it can be used. */
export type WindowsSandboxReadiness = "ready" | "notConfigured" | "updateRequired";
