// Generated from the types of the package `protocol`. Changes belong there.

import type { CancelLoginAccountStatus } from "./CancelLoginAccountStatus";

/** What became of it. */
export type CancelLoginAccountResponse = {
  "status": CancelLoginAccountStatus;
};
