// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationStringFormat } from "./McpElicitationStringFormat";
import type { McpElicitationStringType } from "./McpElicitationStringType";

/** A text. */
export type McpElicitationStringSchema = {
  "type": McpElicitationStringType;
  "title"?: string;
  "description"?: string;
  "minLength"?: number;
  "maxLength"?: number;
  "format"?: McpElicitationStringFormat;
  "default"?: string;
};
