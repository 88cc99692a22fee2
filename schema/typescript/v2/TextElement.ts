// Generated from the types of the package `protocol`. Changes belong there.

import type { ByteRange } from "./ByteRange";

/** A stretch of the text that the client shows as something of its own, such as a mention. */
export type TextElement = {
  "byteRange": ByteRange;
  /** What is shown in its place. */
  "placeholder": string | null;
};
