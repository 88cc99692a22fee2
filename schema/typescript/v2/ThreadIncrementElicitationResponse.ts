// Generated from the types of the package `protocol`. Changes belong there.

/** How many such questions are open. */
export type ThreadIncrementElicitationResponse = {
  "count": number;
  /** True: timeouts stand still. */
  "paused": boolean;
};
