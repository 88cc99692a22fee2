// Generated from the types of the package `protocol`. Changes belong there.

import type { WebSearchToolConfig } from "../WebSearchToolConfig";

/** `[tools]`. */
export type ToolsV2 = {
  "web_search": WebSearchToolConfig | null;
};
