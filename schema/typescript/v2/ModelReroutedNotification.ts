// Generated from the types of the package `protocol`. Changes belong there.

import type { ModelRerouteReason } from "./ModelRerouteReason";

/** `model/rerouted`: another model answers this turn. */
export type ModelReroutedNotification = {
  "threadId": string;
  "turnId": string;
  "fromModel": string;
  "toModel": string;
  "reason": ModelRerouteReason;
};
