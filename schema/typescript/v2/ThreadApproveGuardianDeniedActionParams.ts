// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** `thread/approveGuardianDeniedAction`: the user overrules a refusal. */
export type ThreadApproveGuardianDeniedActionParams = {
  "threadId": string;
  /** The refused review as it was received. */
  "event": JsonValue;
};
