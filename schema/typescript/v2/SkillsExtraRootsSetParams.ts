// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** `skills/extraRoots/set`: more folders to look for skills in, until the server ends. */
export type SkillsExtraRootsSetParams = {
  "extraRoots": Array<AbsolutePathBuf>;
};
