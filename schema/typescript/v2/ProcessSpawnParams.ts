// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ProcessTerminalSize } from "./ProcessTerminalSize";

/** `process/spawn`. Answered once the process runs. */
export type ProcessSpawnParams = {
  /** argv; not empty. */
  "command": Array<string>;
  /** A name of the client's, unique on its connection. */
  "processHandle": string;
  "cwd": AbsolutePathBuf;
  "tty"?: boolean;
  "streamStdin"?: boolean;
  "streamStdoutStderr"?: boolean;
  /** For each stream; absent: the default, null: no limit. */
  "outputBytesCap"?: number | null;
  /** Absent: the default, null: none. */
  "timeoutMs"?: number | null;
  /** Name → value, added to the server's; null removes. */
  "env"?: { [key in string]?: string | null } | null;
  "size"?: ProcessTerminalSize | null;
};
