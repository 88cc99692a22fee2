// Generated from the types of the package `protocol`. Changes belong there.

/** `plugin/skill/read`. */
export type PluginSkillReadParams = {
  "remoteMarketplaceName": string;
  "remotePluginId": string;
  "skillName": string;
};
