// Generated from the types of the package `protocol`. Changes belong there.

import type { HookErrorInfo } from "./HookErrorInfo";
import type { HookMetadata } from "./HookMetadata";

/** The hooks of one directory. */
export type HooksListEntry = {
  "cwd": string;
  "hooks": Array<HookMetadata>;
  "warnings": Array<string>;
  "errors": Array<HookErrorInfo>;
};
