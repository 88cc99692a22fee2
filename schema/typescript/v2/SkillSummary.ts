// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { SkillInterface } from "./SkillInterface";

/** A skill of a plugin. */
export type SkillSummary = {
  "name": string;
  "description": string;
  "shortDescription": string | null;
  "interface": SkillInterface | null;
  /** Null when it is not on this machine. */
  "path": LegacyAppPathString | null;
  "enabled": boolean;
};
