// Generated from the types of the package `protocol`. Changes belong there.

/** Something that a skill needs. */
export type SkillToolDependency = {
  "type": string;
  "value": string;
  "description"?: string;
  "transport"?: string;
  "command"?: string;
  "url"?: string;
};
