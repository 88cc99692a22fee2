// Generated from the types of the package `protocol`. Changes belong there.

/** Credits that count once the plan's own allowance is used up. */
export type CreditsSnapshot = {
  "hasCredits": boolean;
  "unlimited": boolean;
  /** A decimal number as text. */
  "balance": string | null;
};
