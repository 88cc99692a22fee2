// Generated from the types of the package `protocol`. Changes belong there.

import type { AddCreditsNudgeEmailStatus } from "./AddCreditsNudgeEmailStatus";

/** What became of it. */
export type SendAddCreditsNudgeEmailResponse = {
  "status": AddCreditsNudgeEmailStatus;
};
