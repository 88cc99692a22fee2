// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** A tool of a namespace. */
export type DynamicToolNamespaceTool =
  | {
    "type": "function";
    "name": string;
    "description": string;
    /** JSON Schema of the arguments. */
    "inputSchema": JsonValue;
    /** True: the model must look for it before it can call it. */
    "deferLoading"?: boolean;
  };
