// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationStringType } from "./McpElicitationStringType";

/** One of some choices. */
export type McpElicitationUntitledSingleSelectEnumSchema = {
  "type": McpElicitationStringType;
  "title"?: string;
  "description"?: string;
  "enum": Array<string>;
  "default"?: string;
};
