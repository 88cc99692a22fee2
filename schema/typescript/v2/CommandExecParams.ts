// Generated from the types of the package `protocol`. Changes belong there.

import type { CommandExecTerminalSize } from "./CommandExecTerminalSize";
import type { PermissionProfile } from "./PermissionProfile";
import type { SandboxPolicy } from "./SandboxPolicy";

/** `command/exec`. Answered when the command has ended. */
export type CommandExecParams = {
  /** argv; not empty. */
  "command": Array<string>;
  /** A name of the client's, unique on its connection; needed for what follows. */
  "processId"?: string | null;
  /** True: in a terminal; implies streaming both ways. */
  "tty"?: boolean;
  /** True: `command/exec/write` may be used. */
  "streamStdin"?: boolean;
  /** True: output comes as notifications, and the answer's texts are empty. */
  "streamStdoutStderr"?: boolean;
  /** For each stream; absent or null: 1 MiB. */
  "outputBytesCap"?: number | null;
  "disableOutputCap"?: boolean;
  "disableTimeout"?: boolean;
  /** Absent: the server's default. */
  "timeoutMs"?: number | null;
  /** A relative one counts from the server's. */
  "cwd"?: string | null;
  /** Name → value, added to the server's; null removes. */
  "env"?: { [key in string]?: string | null } | null;
  /** With `tty` only. */
  "size"?: CommandExecTerminalSize | null;
  "sandboxPolicy"?: SandboxPolicy | null;
  /** Its name; clients of 0.131 send it spelled out. Not together with `sandboxPolicy`. */
  "permissionProfile"?: string | PermissionProfile | null;
};
