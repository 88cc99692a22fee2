// Generated from the types of the package `protocol`. Changes belong there.

import type { AutoReviewDecisionSource } from "./AutoReviewDecisionSource";
import type { GuardianApprovalReview } from "./GuardianApprovalReview";
import type { GuardianApprovalReviewAction } from "./GuardianApprovalReviewAction";

/** `item/autoApprovalReview/completed`. */
export type ItemGuardianApprovalReviewCompletedNotification = {
  "threadId": string;
  "turnId": string;
  /** Unix milliseconds. */
  "startedAtMs": number;
  /** Unix milliseconds. */
  "completedAtMs": number;
  "reviewId": string;
  /** The item that waited; null when there is none. */
  "targetItemId": string | null;
  "decisionSource": AutoReviewDecisionSource;
  "review": GuardianApprovalReview;
  "action": GuardianApprovalReviewAction;
};
