// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { BrowserUseAccessApprovalLifetime } from "./BrowserUseAccessApprovalLifetime";

/** What is demanded for one origin. */
export type BrowserUseOriginPolicy = {
  "access": AllowDenyRequirement | null;
  "downloads": AllowDenyRequirement | null;
  "uploads": AllowDenyRequirement | null;
  "fullCdpAccess": AllowDenyRequirement | null;
  "autoReview": AllowDenyRequirement | null;
  "persistentApproval": boolean | null;
  "accessApprovalLifetime": BrowserUseAccessApprovalLifetime | null;
};
