// Generated from the types of the package `protocol`. Changes belong there.

import type { GrantedPermissionProfile } from "./GrantedPermissionProfile";
import type { PermissionGrantScope } from "./PermissionGrantScope";

/** What is granted. */
export type PermissionsRequestApprovalResponse = {
  "permissions": GrantedPermissionProfile;
  "scope"?: PermissionGrantScope;
  /** True: the reviewer looks at every command that uses the grant. */
  "strictAutoReview"?: boolean | null;
};
