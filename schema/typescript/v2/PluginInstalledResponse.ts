// Generated from the types of the package `protocol`. Changes belong there.

import type { MarketplaceLoadErrorInfo } from "./MarketplaceLoadErrorInfo";
import type { PluginMarketplaceEntry } from "./PluginMarketplaceEntry";

/** The installed ones by marketplace. */
export type PluginInstalledResponse = {
  "marketplaces": Array<PluginMarketplaceEntry>;
  "marketplaceLoadErrors": Array<MarketplaceLoadErrorInfo>;
};
