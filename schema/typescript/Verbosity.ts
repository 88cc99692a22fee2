// Generated from the types of the package `protocol`. Changes belong there.

/** How much the model says. */
export type Verbosity = "low" | "medium" | "high";
