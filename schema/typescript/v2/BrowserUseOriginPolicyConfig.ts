// Generated from the types of the package `protocol`. Changes belong there.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/** What the agent may do on one origin. */
export type BrowserUseOriginPolicyConfig = {
  "access": AllowDenyRequirement | null;
  "downloads": AllowDenyRequirement | null;
  "uploads": AllowDenyRequirement | null;
  "full_cdp_access": AllowDenyRequirement | null;
};
