// Generated from the types of the package `protocol`. Changes belong there.

import type { DynamicToolCallOutputContentItem } from "./DynamicToolCallOutputContentItem";

/** What the tool answers to the model. */
export type DynamicToolCallResponse = {
  "contentItems": Array<DynamicToolCallOutputContentItem>;
  "success": boolean;
};
