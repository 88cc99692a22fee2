// Generated from the types of the package `protocol`. Changes belong there.

/** Where data must stay. */
export type ResidencyRequirement = "us";
