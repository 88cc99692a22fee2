// Generated from the types of the package `protocol`. Changes belong there.

import type { TurnSettingsUpdateStatus } from "./TurnSettingsUpdateStatus";

/** What became of it. */
export type TurnSettingsUpdateResponse = {
  "status": TurnSettingsUpdateStatus;
};
