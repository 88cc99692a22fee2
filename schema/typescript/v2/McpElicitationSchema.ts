// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationObjectType } from "./McpElicitationObjectType";
import type { McpElicitationPrimitiveSchema } from "./McpElicitationPrimitiveSchema";

/** The form. */
export type McpElicitationSchema = {
  "type": McpElicitationObjectType;
  /** In the order in which they are to be shown. */
  "properties": { [key in string]?: McpElicitationPrimitiveSchema };
  "required"?: Array<string>;
  "$schema": string | null;
};
