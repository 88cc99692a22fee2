// Generated from the types of the package `protocol`. Changes belong there.

/** How closely the model looks; the default of an absent value depends on the kind of input. */
export type ImageDetail = "auto" | "low" | "high" | "original";
