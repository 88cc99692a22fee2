// Generated from the types of the package `protocol`. Changes belong there.

import type { DesktopOnboardingEntrypoint } from "./DesktopOnboardingEntrypoint";

/** `account/login/completed`: a login that was waiting has ended. */
export type AccountLoginCompletedNotification = {
  /** Null for logins that end at once. */
  "loginId": string | null;
  "success": boolean;
  "error": string | null;
  "onboardingEntrypoint": DesktopOnboardingEntrypoint | null;
};
