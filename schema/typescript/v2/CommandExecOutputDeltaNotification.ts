// Generated from the types of the package `protocol`. Changes belong there.

import type { CommandExecOutputStream } from "./CommandExecOutputStream";

/** `command/exec/outputDelta`: output of the command, to the connection that started it. */
export type CommandExecOutputDeltaNotification = {
  "processId": string;
  "stream": CommandExecOutputStream;
  "deltaBase64": string;
  /** True on the last piece when there was more than the limit. */
  "capReached": boolean;
};
