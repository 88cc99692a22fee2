// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Where it was. */
export type MarketplaceRemoveResponse = {
  "marketplaceName": string;
  "installedRoot": AbsolutePathBuf | null;
};
