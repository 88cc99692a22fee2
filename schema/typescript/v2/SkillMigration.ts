// Generated from the types of the package `protocol`. Changes belong there.

/** A skill. */
export type SkillMigration = {
  "name": string;
};
