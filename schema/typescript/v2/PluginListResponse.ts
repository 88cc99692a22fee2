// Generated from the types of the package `protocol`. Changes belong there.

import type { MarketplaceLoadErrorInfo } from "./MarketplaceLoadErrorInfo";
import type { PluginMarketplaceEntry } from "./PluginMarketplaceEntry";

/** The plugins by marketplace. */
export type PluginListResponse = {
  "marketplaces": Array<PluginMarketplaceEntry>;
  "marketplaceLoadErrors": Array<MarketplaceLoadErrorInfo>;
  "featuredPluginIds": Array<string>;
};
