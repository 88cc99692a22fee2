// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** How a skill is shown. */
export type SkillInterface = {
  "displayName": string | null;
  "shortDescription": string | null;
  "iconSmall": AbsolutePathBuf | null;
  "iconLarge": AbsolutePathBuf | null;
  "iconSmallUrl": string | null;
  "iconLargeUrl": string | null;
  "brandColor": string | null;
  "defaultPrompt": string | null;
};
