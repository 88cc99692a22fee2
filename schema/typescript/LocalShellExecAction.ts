// Generated from the types of the package `protocol`. Changes belong there.

import type { LocalShellAction } from "./LocalShellAction";

export type LocalShellExecAction = LocalShellAction;
