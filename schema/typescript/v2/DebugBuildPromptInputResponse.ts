// Generated from the types of the package `protocol`. Changes belong there.

import type { PromptSizes } from "./PromptSizes";
import type { ResponseItem } from "../ResponseItem";
import type { JsonValue } from "../serde_json/JsonValue";

/** The `input` list of the request upstream, item by item as it would be sent. */
export type DebugBuildPromptInputResponse = {
  "input": Array<ResponseItem>;
  /** With `include: ["instructions"]`: the base instructions, which travel outside of `input`. */
  "instructions"?: string;
  /** With `include: ["tools"]`: the tool specifications. */
  "tools"?: Array<{ [key in string]?: JsonValue }>;
  /** With `include: ["sizes"]`. */
  "sizes"?: PromptSizes;
};
