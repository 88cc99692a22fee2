// Generated from the types of the package `protocol`. Changes belong there.

/** The renewed login. */
export type ChatgptAuthTokensRefreshResponse = {
  "accessToken": string;
  "chatgptAccountId": string;
  "chatgptPlanType"?: string | null;
};
