// Generated from the types of the package `protocol`. Changes belong there.

import type { ReasoningEffort } from "./ReasoningEffort";

/** What a mode sets. Keys are snake_case on the wire. */
export type Settings = {
  "model": string;
  /** Null: the model's default. */
  "reasoning_effort": ReasoningEffort | null;
  /** Null: the built-in text of the mode. */
  "developer_instructions": string | null;
};
