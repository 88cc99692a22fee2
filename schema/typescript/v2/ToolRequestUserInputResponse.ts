// Generated from the types of the package `protocol`. Changes belong there.

import type { ToolRequestUserInputAnswer } from "./ToolRequestUserInputAnswer";

/** Question id → its answers. */
export type ToolRequestUserInputResponse = {
  "answers": { [key in string]?: ToolRequestUserInputAnswer };
};
