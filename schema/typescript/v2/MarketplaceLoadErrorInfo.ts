// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** A marketplace that could not be read. */
export type MarketplaceLoadErrorInfo = {
  "marketplacePath": AbsolutePathBuf;
  "message": string;
};
