// Generated from the types of the package `protocol`. Changes belong there.

import type { ChatgptAuthTokensRefreshReason } from "./ChatgptAuthTokensRefreshReason";

/** `account/chatgptAuthTokens/refresh`: the client owns the login and is to renew it. */
export type ChatgptAuthTokensRefreshParams = {
  "reason": ChatgptAuthTokensRefreshReason;
  /** The workspace that was in use. */
  "previousAccountId"?: string;
};
