// Generated from the types of the package `protocol`. Changes belong there.

/** One window of a limit. */
export type RateLimitWindow = {
  /** 0 to 100. */
  "usedPercent": number;
  "windowDurationMins": number | null;
  /** Unix seconds. */
  "resetsAt": number | null;
};
