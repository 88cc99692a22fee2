// Generated from the types of the package `protocol`. Changes belong there.

import type { CommandExecTerminalSize } from "./CommandExecTerminalSize";

/** `command/exec/resize`. */
export type CommandExecResizeParams = {
  "processId": string;
  "size": CommandExecTerminalSize;
};
