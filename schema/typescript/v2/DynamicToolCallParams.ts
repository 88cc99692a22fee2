// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** `item/tool/call`: a tool that the client brought along is to run. */
export type DynamicToolCallParams = {
  "threadId": string;
  "turnId": string;
  "callId": string;
  "namespace": string | null;
  "tool": string;
  /** As the model gave them; nothing has checked them. */
  "arguments": JsonValue;
};
