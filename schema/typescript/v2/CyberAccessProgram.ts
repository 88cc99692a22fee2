// Generated from the types of the package `protocol`. Changes belong there.

/** A programme that opens a model for security work. */
export type CyberAccessProgram = "standard" | "daybreakBlue" | "daybreakRed";
