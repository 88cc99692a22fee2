// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { NetworkAccess } from "./NetworkAccess";

/** What a command may touch. */
export type SandboxPolicy =
  | { "type": "dangerFullAccess" }
  | { "type": "readOnly", "networkAccess": boolean }
  | { "type": "externalSandbox", "networkAccess": NetworkAccess }
  | {
    "type": "workspaceWrite";
    /** Beside the working directory. */
    "writableRoots": Array<AbsolutePathBuf>;
    "networkAccess": boolean;
    /** True: `$TMPDIR` is not writable. */
    "excludeTmpdirEnvVar": boolean;
    /** True: `/tmp` is not writable. */
    "excludeSlashTmp": boolean;
  };
