// Generated from the types of the package `protocol`. Changes belong there.

import type { PlanType } from "../PlanType";

/** Who is signed in. */
export type Account =
  | { "type": "apiKey" }
  | { "type": "chatgpt", "email": string | null, "planType": PlanType, "workspaceName": string | null }
  | {
    "type": "amazonBedrock";
    /** True: the credentials are kept by us. */
    "usesCodexManagedCredentials": boolean;
  }
  | { "type": "gcp" };
