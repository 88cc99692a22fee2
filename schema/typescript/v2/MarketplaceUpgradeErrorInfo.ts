// Generated from the types of the package `protocol`. Changes belong there.

/** One that could not be brought up to date. */
export type MarketplaceUpgradeErrorInfo = {
  "marketplaceName": string;
  "message": string;
};
