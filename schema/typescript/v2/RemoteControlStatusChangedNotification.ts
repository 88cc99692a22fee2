// Generated from the types of the package `protocol`. Changes belong there.

import type { RemoteControlConnectionStatus } from "./RemoteControlConnectionStatus";

/** `remoteControl/status/changed`; also sent after every handshake. */
export type RemoteControlStatusChangedNotification = {
  "status": RemoteControlConnectionStatus;
  /** The machine's. */
  "serverName": string;
  /** A UUID that stays. */
  "installationId": string;
  "environmentId": string | null;
};
