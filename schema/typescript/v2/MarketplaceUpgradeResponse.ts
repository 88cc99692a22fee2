// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { MarketplaceUpgradeErrorInfo } from "./MarketplaceUpgradeErrorInfo";

/** What was done. */
export type MarketplaceUpgradeResponse = {
  "selectedMarketplaces": Array<string>;
  "upgradedRoots": Array<AbsolutePathBuf>;
  "errors": Array<MarketplaceUpgradeErrorInfo>;
};
