// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `skills/config/write`: by path or by name; one of the two. */
export type SkillsConfigWriteParams = {
  "path"?: AbsolutePathBuf | null;
  "name"?: string | null;
  "enabled": boolean;
};
