// Generated from the types of the package `protocol`. Changes belong there.

/** How a marketplace is shown. */
export type MarketplaceInterface = {
  "displayName": string | null;
};
