// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** How a skill is shown. */
export type SkillInterface = {
  "displayName"?: string;
  "shortDescription"?: string;
  "iconSmall"?: AbsolutePathBuf;
  "iconLarge"?: AbsolutePathBuf;
  "iconSmallUrl": string | null;
  "iconLargeUrl": string | null;
  "brandColor"?: string;
  "defaultPrompt"?: string;
};
