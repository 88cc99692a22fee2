// Generated from the types of the package `protocol`. Changes belong there.

import type { ReasoningEffort } from "../ReasoningEffort";

/** What new threads begin with. */
export type NewThreadModelDefaults = {
  "model": string | null;
  "modelReasoningEffort": ReasoningEffort | null;
  "serviceTier": string | null;
};
