// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationConstOption } from "./McpElicitationConstOption";

/** Choices with titles. */
export type McpElicitationTitledEnumItems = {
  "anyOf": Array<McpElicitationConstOption>;
};
