// Generated from the types of the package `protocol`. Changes belong there.

import type { BrowserUseExtensionRequirements } from "./BrowserUseExtensionRequirements";
import type { BrowserUseOriginPolicy } from "./BrowserUseOriginPolicy";

/** Demands on browser use. */
export type BrowserUseRequirements = {
  "extension": BrowserUseExtensionRequirements | null;
  "allowWebmcp": boolean | null;
  "allowHistoryAccess": boolean | null;
  "disableAutoReview": boolean | null;
  "allowGlobalPersistentApproval": boolean | null;
  "defaultOriginPolicy": BrowserUseOriginPolicy | null;
  "origins": { [key in string]?: BrowserUseOriginPolicy } | null;
};
