// Generated from the types of the package `protocol`. Changes belong there.

import type { TokenUsageBreakdown } from "./TokenUsageBreakdown";

/** Tokens of a thread. */
export type ThreadTokenUsage = {
  /** Of all responses. */
  "total": TokenUsageBreakdown;
  /** Of the last response. */
  "last": TokenUsageBreakdown;
  /** What can be used of the model's window, in tokens. */
  "modelContextWindow": number | null;
};
