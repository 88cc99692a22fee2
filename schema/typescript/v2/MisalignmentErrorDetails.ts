// Generated from the types of the package `protocol`. Changes belong there.

import type { MisalignmentSteer } from "./MisalignmentSteer";

/** Why a request was stopped as misaligned. */
export type MisalignmentErrorDetails = {
  "errorType": string | null;
  "detailedExplanation": string | null;
  "steer": MisalignmentSteer | null;
  "reviewTarget"?: string;
};
