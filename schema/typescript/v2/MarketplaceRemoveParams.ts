// Generated from the types of the package `protocol`. Changes belong there.

/** `marketplace/remove`. */
export type MarketplaceRemoveParams = {
  "marketplaceName": string;
};
