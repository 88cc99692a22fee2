// Generated from the types of the package `protocol`. Changes belong there.

import type { ResourceContent } from "../ResourceContent";

/** What was read. */
export type McpResourceReadResponse = {
  "contents": Array<ResourceContent>;
  "originCallId": string | null;
};
