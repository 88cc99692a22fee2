// Generated from the types of the package `protocol`. Changes belong there.

import type { ModelVerification } from "./ModelVerification";

/** `model/verification`. */
export type ModelVerificationNotification = {
  "threadId": string;
  "turnId": string;
  "verifications": Array<ModelVerification>;
};
