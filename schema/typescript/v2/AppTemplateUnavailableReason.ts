// Generated from the types of the package `protocol`. Changes belong there.

/** Why a template cannot be used. */
export type AppTemplateUnavailableReason = "NOT_CONFIGURED_FOR_WORKSPACE" | "NO_ACTIVE_WORKSPACE";
