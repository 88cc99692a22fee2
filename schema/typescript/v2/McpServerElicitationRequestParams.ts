// Generated from the types of the package `protocol`. Changes belong there.

import type { McpElicitationSchema } from "./McpElicitationSchema";
import type { JsonValue } from "../serde_json/JsonValue";

/** `mcpServer/elicitation/request`: an MCP server asks the user for something. */
export type McpServerElicitationRequestParams =
  | {
    "threadId": string;
    /** Null when the server asks outside of any turn. */
    "turnId": string | null;
    "serverName": string;
    /** Opaque, from the MCP server. */
    "_meta": JsonValue;
    "mode": "form";
    "message": string;
    "requestedSchema": McpElicitationSchema;
  }
  | {
    "threadId": string;
    /** Null when the server asks outside of any turn. */
    "turnId": string | null;
    "serverName": string;
    /** Opaque, from the MCP server. */
    "_meta": JsonValue;
    "mode": "openai/form";
    "message": string;
    "requestedSchema": JsonValue;
  }
  | {
    "threadId": string;
    /** Null when the server asks outside of any turn. */
    "turnId": string | null;
    "serverName": string;
    /** Opaque, from the MCP server. */
    "_meta": JsonValue;
    "mode": "openaiForm";
    "message": string;
    "requestedSchema": JsonValue;
  }
  | {
    "threadId": string;
    /** Null when the server asks outside of any turn. */
    "turnId": string | null;
    "serverName": string;
    /** Opaque, from the MCP server. */
    "_meta": JsonValue;
    "mode": "openai/userVerification";
    "title": string;
    "description": string;
    "challenge": string;
  }
  | {
    "threadId": string;
    /** Null when the server asks outside of any turn. */
    "turnId": string | null;
    "serverName": string;
    /** Opaque, from the MCP server. */
    "_meta": JsonValue;
    "mode": "url";
    "message": string;
    "url": string;
    "elicitationId": string;
  };
