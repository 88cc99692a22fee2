// Generated from the types of the package `protocol`. Changes belong there.

import type { SkillErrorInfo } from "./SkillErrorInfo";
import type { SkillMetadata } from "./SkillMetadata";

/** The skills of one directory. */
export type SkillsListEntry = {
  "cwd": string;
  "skills": Array<SkillMetadata>;
  "errors": Array<SkillErrorInfo>;
};
