// Generated from the types of the package `protocol`. Changes belong there.

/** Why it cannot be used. */
export type PluginDisabledReason = "disabled_by_admin" | "plan_not_eligible" | "required_app_unavailable" | "unknown";
