// Generated from the types of the package `protocol`. Changes belong there.

import type { ModeKind } from "./ModeKind";
import type { Settings } from "./Settings";

/** How agent and user work together. Wins over the model and effort of the same call. */
export type CollaborationMode = {
  "mode": ModeKind;
  "settings": Settings;
};
