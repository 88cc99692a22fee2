// Generated from the types of the package `protocol`. Changes belong there.

/** Whether feedback may be sent. */
export type FeedbackRequirements = {
  "enabled": boolean | null;
};
