// Generated from the types of the package `protocol`. Changes belong there.

import type { DynamicToolNamespaceTool } from "./DynamicToolNamespaceTool";
import type { JsonValue } from "../serde_json/JsonValue";

/** What a client brings along. */
export type DynamicToolSpec =
  | {
    "type": "function";
    "name": string;
    "description": string;
    /** JSON Schema of the arguments. */
    "inputSchema": JsonValue;
    /** True: the model must look for it before it can call it. */
    "deferLoading"?: boolean;
    /** The form of 0.131, which has no tools of the type `namespace`. */
    "namespace"?: string | null;
  }
  | { "type": "namespace", "name": string, "description": string, "tools": Array<DynamicToolNamespaceTool> };
