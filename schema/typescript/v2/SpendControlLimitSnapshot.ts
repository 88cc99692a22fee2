// Generated from the types of the package `protocol`. Changes belong there.

/** A spending limit of one member. */
export type SpendControlLimitSnapshot = {
  /** A decimal number as text. */
  "limit": string;
  /** A decimal number as text. */
  "used": string;
  "remainingPercent": number;
  /** Unix seconds. */
  "resetsAt": number;
};
