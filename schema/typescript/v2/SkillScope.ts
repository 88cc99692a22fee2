// Generated from the types of the package `protocol`. Changes belong there.

/** Where a skill comes from. */
export type SkillScope = "user" | "repo" | "system" | "admin";
