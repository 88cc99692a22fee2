// Generated from the types of the package `protocol`. Changes belong there.

/** `marketplace/upgrade`: one, or all. */
export type MarketplaceUpgradeParams = {
  "marketplaceName"?: string | null;
};
