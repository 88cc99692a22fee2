// Generated from the types of the package `protocol`. Changes belong there.

import type { GuardianApprovalReviewStatus } from "./GuardianApprovalReviewStatus";
import type { GuardianRiskLevel } from "./GuardianRiskLevel";
import type { GuardianUserAuthorization } from "./GuardianUserAuthorization";

/** The review. */
export type GuardianApprovalReview = {
  "status": GuardianApprovalReviewStatus;
  "riskLevel": GuardianRiskLevel | null;
  "userAuthorization": GuardianUserAuthorization | null;
  /** Why, in words for the user. */
  "rationale": string | null;
};
