// Generated from the types of the package `protocol`. Changes belong there.

/** What to do about the skills of an environment. */
export type EnvironmentSkillsParams = {
  "required"?: Array<string> | null;
};
