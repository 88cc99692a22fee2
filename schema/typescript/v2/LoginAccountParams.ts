// Generated from the types of the package `protocol`. Changes belong there.

import type { LoginAppBrand } from "./LoginAppBrand";

/** `account/login/start`, by the way of signing in. */
export type LoginAccountParams =
  | { "type": "apiKey", "apiKey": string }
  | {
    "type": "chatgpt";
    /** Asks the issuer for its shorter form. */
    "codexStreamlinedLogin"?: boolean;
    /** True: the issuer's page ends the login, not ours. */
    "useHostedLoginSuccessPage"?: boolean;
    "appBrand"?: LoginAppBrand | null;
  }
  | { "type": "chatgptDeviceCode" }
  | {
    "type": "chatgptAuthTokens";
    /** A JWT. */
    "accessToken": string;
    "chatgptAccountId": string;
    /** Absent: read from the token. */
    "chatgptPlanType"?: string | null;
  }
  | { "type": "amazonBedrock", "apiKey": string, "region": string }
  | { "type": "amazonBedrockAccessKeys", "accessKeyId": string, "secretAccessKey": string, "sessionToken"?: string | null, "region": string };
