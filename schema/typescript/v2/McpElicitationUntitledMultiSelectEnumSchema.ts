// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationArrayType } from "./McpElicitationArrayType";
import type { McpElicitationUntitledEnumItems } from "./McpElicitationUntitledEnumItems";

/** Several of some choices. */
export type McpElicitationUntitledMultiSelectEnumSchema = {
  "type": McpElicitationArrayType;
  "title"?: string;
  "description"?: string;
  "minItems"?: number;
  "maxItems"?: number;
  "items": McpElicitationUntitledEnumItems;
  "default"?: Array<string>;
};
