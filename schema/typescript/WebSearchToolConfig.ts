// Generated from the types of the package `protocol`. Changes belong there.

import type { WebSearchContextSize } from "./WebSearchContextSize";
import type { WebSearchLocation } from "./WebSearchLocation";

/** `[tools.web_search]`. */
export type WebSearchToolConfig = {
  "context_size": WebSearchContextSize | null;
  "allowed_domains": Array<string> | null;
  "location": WebSearchLocation | null;
};
