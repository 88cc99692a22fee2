// Generated from the types of the package `protocol`. Changes belong there.

import type { RemoteControlConnectionStatus } from "./RemoteControlConnectionStatus";

/** The state as it is now. */
export type RemoteControlDisableResponse = {
  "status": RemoteControlConnectionStatus;
  "serverName": string;
  "installationId": string;
  "environmentId": string | null;
};
