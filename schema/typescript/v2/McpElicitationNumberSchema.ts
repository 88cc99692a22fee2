// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationNumberType } from "./McpElicitationNumberType";

/** A number. */
export type McpElicitationNumberSchema = {
  "type": McpElicitationNumberType;
  "title"?: string;
  "description"?: string;
  "minimum"?: number;
  "maximum"?: number;
  "default"?: number;
};
