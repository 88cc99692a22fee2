// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { SkillDependencies } from "./SkillDependencies";
import type { SkillInterface } from "./SkillInterface";
import type { SkillScope } from "./SkillScope";

/** A skill. */
export type SkillMetadata = {
  "name": string;
  "description": string;
  /** The older place of `interface.shortDescription`. */
  "shortDescription"?: string;
  "interface"?: SkillInterface;
  "dependencies"?: SkillDependencies;
  /** Of its SKILL.md. */
  "path": LegacyAppPathString;
  "scope": SkillScope;
  "enabled": boolean;
  "pluginId": string | null;
};
