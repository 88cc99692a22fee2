// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationArrayType } from "./McpElicitationArrayType";
import type { McpElicitationTitledEnumItems } from "./McpElicitationTitledEnumItems";

/** Several of some choices that have titles. */
export type McpElicitationTitledMultiSelectEnumSchema = {
  "type": McpElicitationArrayType;
  "title"?: string;
  "description"?: string;
  "minItems"?: number;
  "maxItems"?: number;
  "items": McpElicitationTitledEnumItems;
  "default"?: Array<string>;
};
