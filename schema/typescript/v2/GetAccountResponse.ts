// Generated from the types of the package `protocol`. Changes belong there.

import type { Account } from "./Account";
import type { WorkspaceRouting } from "./WorkspaceRouting";

/** The account. */
export type GetAccountResponse = {
  /** Null when nobody is signed in. */
  "account": Account | null;
  "userId": string | null;
  /** Whether the active provider needs a login at all. */
  "requiresOpenaiAuth": boolean;
  "workspaceRouting": WorkspaceRouting | null;
};
