// Generated from the types of the package `protocol`. Changes belong there.

import type { HookOutputEntryKind } from "./HookOutputEntryKind";

/** One thing that a run said. */
export type HookOutputEntry = {
  "kind": HookOutputEntryKind;
  "text": string;
};
