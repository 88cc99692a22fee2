// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationStringType } from "./McpElicitationStringType";

/** Choices. */
export type McpElicitationUntitledEnumItems = {
  "type": McpElicitationStringType;
  "enum": Array<string>;
};
