// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { OverriddenMetadata } from "./OverriddenMetadata";
import type { WriteStatus } from "./WriteStatus";

/** What became of a write. */
export type ConfigWriteResponse = {
  "status": WriteStatus;
  /** Of the layer after the write. */
  "version": string;
  "filePath": AbsolutePathBuf;
  /** Set with `okOverridden`. */
  "overriddenMetadata": OverriddenMetadata | null;
};
