// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadSectionAppearance } from "./ThreadSectionAppearance";

/** A group that the user sorted threads into. */
export type ThreadSection = {
  "id": string;
  "name": string;
  "appearance": ThreadSectionAppearance | null;
};
