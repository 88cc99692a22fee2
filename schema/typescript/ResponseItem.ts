// Generated from the types of the package `protocol`. Changes belong there.

import type { AgentMessageInputContent } from "./AgentMessageInputContent";
import type { ConfigurationReasoning } from "./ConfigurationReasoning";
import type { ContentItem } from "./ContentItem";
import type { FunctionCallOutputBody } from "./FunctionCallOutputBody";
import type { InternalChatMessageMetadataPassthrough } from "./InternalChatMessageMetadataPassthrough";
import type { LocalShellAction } from "./LocalShellAction";
import type { LocalShellStatus } from "./LocalShellStatus";
import type { MessagePhase } from "./MessagePhase";
import type { ReasoningItemContent } from "./ReasoningItemContent";
import type { ReasoningItemReasoningSummary } from "./ReasoningItemReasoningSummary";
import type { WebSearchAction } from "./WebSearchAction";
import type { JsonValue } from "./serde_json/JsonValue";

/** One item of a model's input or output. */
export type ResponseItem =
  | { "type": "additional_tools", "id"?: string, "role": string, "tools": Array<JsonValue> }
  | { "type": "message", "encrypted_content"?: string, "status"?: string, "id"?: string, "role": string, "content": Array<ContentItem>, "phase"?: MessagePhase, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "agent_message", "id"?: string, "author": string, "recipient": string, "content": Array<AgentMessageInputContent>, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | {
    "type": "reasoning";
    "id"?: string;
    "summary": Array<ReasoningItemReasoningSummary>;
    "content"?: Array<ReasoningItemContent>;
    /** For the provider alone; given back so that it can go on. */
    "encrypted_content": string | null;
    "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough;
  }
  | { "type": "local_shell_call", "encrypted_content"?: string, "id"?: string, "call_id": string | null, "status": LocalShellStatus, "action": LocalShellAction, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | {
    "type": "function_call";
    "encrypted_content"?: string;
    "status"?: string;
    "id"?: string;
    "name": string;
    "namespace"?: string;
    /** JSON as text. */
    "arguments": string;
    "encrypted_function_args"?: Array<string>;
    "call_id": string;
    "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough;
  }
  | { "type": "tool_search_call", "encrypted_content"?: string, "id"?: string, "call_id": string | null, "status"?: string, "execution": string, "arguments": JsonValue, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "function_call_output", "id"?: string, "call_id"?: string, "name"?: string, "namespace"?: string, "output": FunctionCallOutputBody, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "custom_tool_call", "encrypted_content"?: string, "id"?: string, "status"?: string, "call_id": string, "name": string, "namespace"?: string, "input": string, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "custom_tool_call_output", "id"?: string, "call_id": string, "name"?: string, "output": FunctionCallOutputBody, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "tool_search_output", "id"?: string, "call_id": string | null, "status": string, "execution": string, "tools": Array<JsonValue>, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "web_search_call", "encrypted_content"?: string, "id"?: string, "status"?: string, "action"?: WebSearchAction, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | {
    "type": "image_generation_call";
    "encrypted_content"?: string;
    "id"?: string;
    "status": string;
    "revised_prompt"?: string;
    /** Base64. */
    "result": string;
    "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough;
  }
  | { "type": "compaction", "id"?: string, "encrypted_content": string, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "configuration_update", "reasoning": ConfigurationReasoning }
  | { "type": "compaction_trigger" }
  | { "type": "context_compaction", "id"?: string, "encrypted_content"?: string, "internal_chat_message_metadata_passthrough"?: InternalChatMessageMetadataPassthrough }
  | { "type": "other" };
