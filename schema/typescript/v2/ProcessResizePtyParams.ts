// Generated from the types of the package `protocol`. Changes belong there.

import type { ProcessTerminalSize } from "./ProcessTerminalSize";

/** `process/resizePty`. */
export type ProcessResizePtyParams = {
  "processHandle": string;
  "size": ProcessTerminalSize;
};
