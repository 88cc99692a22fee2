// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationConstOption } from "./McpElicitationConstOption";
import type { McpElicitationStringType } from "./McpElicitationStringType";

/** One of some choices that have titles. */
export type McpElicitationTitledSingleSelectEnumSchema = {
  "type": McpElicitationStringType;
  "title"?: string;
  "description"?: string;
  "oneOf": Array<McpElicitationConstOption>;
  "default"?: string;
};
