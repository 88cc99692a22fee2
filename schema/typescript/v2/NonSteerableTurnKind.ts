// Generated from the types of the package `protocol`. Changes belong there.

/** A kind of turn that takes no further input. */
export type NonSteerableTurnKind = "review" | "compact";
