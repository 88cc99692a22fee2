// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Where a layer comes from. */
export type ConfigLayerSource =
  | { "type": "packagedDefaults", "file": AbsolutePathBuf }
  | { "type": "mdm", "domain": string, "key": string }
  | { "type": "system", "file": AbsolutePathBuf }
  | { "type": "enterpriseManaged", "id": string, "name": string }
  | {
    "type": "user";
    "file": AbsolutePathBuf;
    /** The profile that is applied on top, if any. */
    "profile": string | null;
  }
  | { "type": "project", "dotCodexFolder": AbsolutePathBuf }
  | { "type": "sessionFlags" }
  | { "type": "legacyManagedConfigTomlFromFile", "file": AbsolutePathBuf }
  | { "type": "legacyManagedConfigTomlFromMdm" };
