// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "./AbsolutePathBuf";

/** The server introduces itself. */
export type InitializeResponse = {
  /** What goes upstream as `User-Agent`; SDKs read the server's version from it. */
  "userAgent": string;
  /** Absolute and canonical. */
  "codexHome": AbsolutePathBuf;
  /** `unix` or `windows`. */
  "platformFamily": string;
  /** Such as `linux`, `macos`, `windows`. */
  "platformOs": string;
};
