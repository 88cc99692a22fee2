// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "./AbsolutePathBuf";

/** An image that the model worked from. */
export type ImageGenerationInputImage = {
  "path": AbsolutePathBuf;
  /** Of the file, in hex. */
  "sha256": string;
};
