// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { RequestPermissionProfile } from "./RequestPermissionProfile";

/** `item/permissions/requestApproval`: the model asks for more permissions. */
export type PermissionsRequestApprovalParams = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "environmentId": string | null;
  /** Unix milliseconds, of the question. */
  "startedAtMs": number;
  "cwd": LegacyAppPathString;
  "reason": string | null;
  "permissions": RequestPermissionProfile;
};
