// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationBooleanType } from "./McpElicitationBooleanType";

/** Yes or no. */
export type McpElicitationBooleanSchema = {
  "type": McpElicitationBooleanType;
  "title"?: string;
  "description"?: string;
  "default"?: boolean;
};
