// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Where it is. */
export type MarketplaceAddResponse = {
  "marketplaceName": string;
  "installedRoot": AbsolutePathBuf;
  "alreadyAdded": boolean;
};
