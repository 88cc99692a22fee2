// Generated from the types of the package `protocol`. Changes belong there.

import type { RequestHeader } from "./RequestHeader";

/** Demands on the browser extension. */
export type BrowserUseExtensionRequirements = {
  "requestHeaders": Array<RequestHeader> | null;
};
