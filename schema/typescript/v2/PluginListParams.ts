// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginListMarketplaceKind } from "./PluginListMarketplaceKind";

/** `plugin/list`. */
export type PluginListParams = {
  "cwds"?: Array<AbsolutePathBuf> | null;
  "marketplaceKinds"?: Array<PluginListMarketplaceKind> | null;
  "forceRefetch"?: boolean;
};
