// Generated from the types of the package `protocol`. Changes belong there.

import type { GuardianApprovalReview } from "./GuardianApprovalReview";
import type { GuardianApprovalReviewAction } from "./GuardianApprovalReviewAction";

/** `item/autoApprovalReview/started`. */
export type ItemGuardianApprovalReviewStartedNotification = {
  "threadId": string;
  "turnId": string;
  /** Unix milliseconds. */
  "startedAtMs": number;
  "reviewId": string;
  /** The item that waits; null when there is none yet. */
  "targetItemId": string | null;
  "review": GuardianApprovalReview;
  "action": GuardianApprovalReviewAction;
};
