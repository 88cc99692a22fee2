// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationStringType } from "./McpElicitationStringType";

/** One choice, its titles in a list of their own. */
export type McpElicitationLegacyTitledEnumSchema = {
  "type": McpElicitationStringType;
  "title"?: string;
  "description"?: string;
  "enum": Array<string>;
  "enumNames"?: Array<string>;
  "default"?: string;
};
