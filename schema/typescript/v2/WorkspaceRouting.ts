// Generated from the types of the package `protocol`. Changes belong there.

import type { AccountRoutingOverride } from "./AccountRoutingOverride";

/** Where a workspace's requests go. */
export type WorkspaceRouting = {
  "chatgptAccountId": string;
  "backendOrigin": string;
  "accountRoutingOverride": AccountRoutingOverride;
};
