// Generated from the types of the package `protocol`. Changes belong there.

/** Text that a hook gave to the model. */
export type HookPromptFragment = {
  "text": string;
  "hookRunId": string;
};
