// Generated from the types of the package `protocol`. Changes belong there.

import type { ModeKind } from "../ModeKind";
import type { ReasoningEffort } from "../ReasoningEffort";

/** A mode that can be chosen; what is null is left as it was. */
export type CollaborationModeMask = {
  "name": string;
  "mode": ModeKind | null;
  "model": string | null;
  "reasoning_effort": ReasoningEffort | null;
};
