// Generated from the types of the package `protocol`. Changes belong there.

import type { SkillToolDependency } from "./SkillToolDependency";

/** What a skill needs. */
export type SkillDependencies = {
  "tools": Array<SkillToolDependency>;
};
