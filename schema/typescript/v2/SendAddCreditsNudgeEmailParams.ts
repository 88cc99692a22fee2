// Generated from the types of the package `protocol`. Changes belong there.

import type { AddCreditsNudgeCreditType } from "./AddCreditsNudgeCreditType";

/** `account/sendAddCreditsNudgeEmail`: asks the workspace's owner for more. */
export type SendAddCreditsNudgeEmailParams = {
  "creditType": AddCreditsNudgeCreditType;
};
