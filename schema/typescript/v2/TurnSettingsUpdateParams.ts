// Generated from the types of the package `protocol`. Changes belong there.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";

/** `turn/settings/update`: settings of the turn that runs. */
export type TurnSettingsUpdateParams = {
  "threadId": string;
  "turnId": string;
  "approvalsReviewer"?: ApprovalsReviewer | null;
  "environments"?: Array<TurnEnvironmentParams> | null;
  "model"?: string | null;
  "effort"?: ReasoningEffort | null;
  "summary"?: ReasoningSummary | null;
  /** Absent: as before. Null: none. */
  "serviceTier"?: string | null;
};
