// Generated from the types of the package `protocol`. Changes belong there.

import type { AppToolApproval } from "./AppToolApproval";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";

/** `[apps._default]`: what holds for apps that say nothing else. */
export type AppsDefaultConfig = {
  "enabled": boolean;
  "approvals_reviewer": ApprovalsReviewer | null;
  /** Whether tools that delete or overwrite may be called. */
  "destructive_enabled": boolean;
  /** Whether tools that reach beyond the app may be called. */
  "open_world_enabled": boolean;
  "default_tools_approval_mode": AppToolApproval | null;
};
