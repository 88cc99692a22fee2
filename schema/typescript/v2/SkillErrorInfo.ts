// Generated from the types of the package `protocol`. Changes belong there.

/** A skill that could not be read. */
export type SkillErrorInfo = {
  "path": string;
  "message": string;
};
