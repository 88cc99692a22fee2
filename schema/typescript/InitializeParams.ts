// Generated from the types of the package `protocol`. Changes belong there.

import type { ClientInfo } from "./ClientInfo";
import type { InitializeCapabilities } from "./InitializeCapabilities";

/** `initialize`, the first request of every connection. */
export type InitializeParams = {
  "clientInfo": ClientInfo;
  /** Absent or null: everything is off. */
  "capabilities"?: InitializeCapabilities | null;
};
