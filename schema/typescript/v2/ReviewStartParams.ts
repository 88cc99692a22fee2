// Generated from the types of the package `protocol`. Changes belong there.

import type { ReviewDelivery } from "./ReviewDelivery";
import type { ReviewTarget } from "./ReviewTarget";

/** `review/start`. */
export type ReviewStartParams = {
  "threadId": string;
  "target": ReviewTarget;
  /** Absent: `inline`. */
  "delivery"?: ReviewDelivery | null;
};
