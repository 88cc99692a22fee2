// Generated from the types of the package `protocol`. Changes belong there.

/** Tokens by kind. */
export type TokenUsageBreakdown = {
  "totalTokens": number;
  "inputTokens": number;
  /** Of the input, those that the provider had already. */
  "cachedInputTokens": number;
  /** Of the input, those that the provider keeps. */
  "cacheWriteInputTokens": number;
  "outputTokens": number;
  /** Of the output, those spent on thinking. */
  "reasoningOutputTokens": number;
};
