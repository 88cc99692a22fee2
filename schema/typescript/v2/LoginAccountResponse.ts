// Generated from the types of the package `protocol`. Changes belong there.

/** What comes next, by the way of signing in. */
export type LoginAccountResponse =
  | { "type": "apiKey" }
  | {
    "type": "chatgpt";
    "loginId": string;
    /** Ends up at a port on loopback that waits for it. */
    "authUrl": string;
  }
  | { "type": "chatgptDeviceCode", "loginId": string, "verificationUrl": string, "userCode": string }
  | { "type": "chatgptAuthTokens" }
  | { "type": "amazonBedrock" };
