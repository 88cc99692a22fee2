// Generated from the types of the package `protocol`. Changes belong there.

import type { ProcessOutputStream } from "./ProcessOutputStream";

/** `process/outputDelta`: to the connection that started it. */
export type ProcessOutputDeltaNotification = {
  "processHandle": string;
  "stream": ProcessOutputStream;
  "deltaBase64": string;
  "capReached": boolean;
};
