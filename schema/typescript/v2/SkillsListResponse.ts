// Generated from the types of the package `protocol`. Changes belong there.

import type { SkillsListEntry } from "./SkillsListEntry";

/** The skills by directory. */
export type SkillsListResponse = {
  "data": Array<SkillsListEntry>;
};
