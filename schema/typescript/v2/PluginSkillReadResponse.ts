// Generated from the types of the package `protocol`. Changes belong there.

/** The skill's text. */
export type PluginSkillReadResponse = {
  "contents": string | null;
};
