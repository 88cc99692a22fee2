// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** `thread/inject_items`: adds to the history without a turn. */
export type ThreadInjectItemsParams = {
  "threadId": string;
  /** Items of the Responses API. */
  "items": Array<JsonValue>;
};
