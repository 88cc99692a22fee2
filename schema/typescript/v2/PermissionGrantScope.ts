// Generated from the types of the package `protocol`. Changes belong there.

/** How long a grant holds. */
export type PermissionGrantScope = "turn" | "session";
