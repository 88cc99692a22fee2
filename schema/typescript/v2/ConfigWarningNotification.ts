// Generated from the types of the package `protocol`. Changes belong there.

import type { TextRange } from "./TextRange";

/** `configWarning`: something about the configuration, told after the handshake. */
export type ConfigWarningNotification = {
  /** One line. */
  "summary": string;
  "details": string | null;
  /** The file; left out when it is not known. */
  "path"?: string;
  /** The place in the file; left out when it is not known. */
  "range"?: TextRange;
};
