// Generated from the types of the package `protocol`. Changes belong there.

import type { ReasoningEffort } from "../ReasoningEffort";

/** An effort that a model offers. */
export type ReasoningEffortOption = {
  "reasoningEffort": ReasoningEffort;
  "description": string;
};
