// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { MarketplaceInterface } from "./MarketplaceInterface";
import type { PluginSummary } from "./PluginSummary";

/** A marketplace and its plugins. */
export type PluginMarketplaceEntry = {
  "name": string;
  /** Null when it is not on this machine. */
  "path": AbsolutePathBuf | null;
  "interface": MarketplaceInterface | null;
  "plugins": Array<PluginSummary>;
};
