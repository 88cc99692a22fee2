// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { AgentMessageDelivery } from "./AgentMessageDelivery";
import type { AgentMessageModeration } from "./AgentMessageModeration";
import type { AsyncUserInputQuestion } from "./AsyncUserInputQuestion";
import type { CollabAgentState } from "./CollabAgentState";
import type { CollabAgentTool } from "./CollabAgentTool";
import type { CollabAgentToolCallStatus } from "./CollabAgentToolCallStatus";
import type { CommandAction } from "./CommandAction";
import type { CommandExecutionSource } from "./CommandExecutionSource";
import type { CommandExecutionStatus } from "./CommandExecutionStatus";
import type { DynamicToolCallOutputContentItem } from "./DynamicToolCallOutputContentItem";
import type { DynamicToolCallStatus } from "./DynamicToolCallStatus";
import type { FileUpdateChange } from "./FileUpdateChange";
import type { FunctionCallOutputBody } from "../FunctionCallOutputBody";
import type { HookPromptFragment } from "./HookPromptFragment";
import type { ImageGenerationFailure } from "../ImageGenerationFailure";
import type { ImageGenerationInputImage } from "../ImageGenerationInputImage";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { McpAppUi } from "./McpAppUi";
import type { McpToolCallAppContext } from "./McpToolCallAppContext";
import type { McpToolCallError } from "./McpToolCallError";
import type { McpToolCallResult } from "./McpToolCallResult";
import type { McpToolCallStatus } from "./McpToolCallStatus";
import type { MemoryCitation } from "./MemoryCitation";
import type { MessagePhase } from "../MessagePhase";
import type { PatchApplyStatus } from "./PatchApplyStatus";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SubAgentActivityKind } from "./SubAgentActivityKind";
import type { UserInput } from "./UserInput";
import type { WebSearchAction } from "./WebSearchAction";
import type { JsonValue } from "../serde_json/JsonValue";

/** One item of a turn. */
export type ThreadItem =
  | {
    "type": "userMessage";
    "id": string;
    /** `clientUserMessageId` of the call that brought it. */
    "clientId": string | null;
    "content": Array<UserInput>;
  }
  | { "type": "hookPrompt", "id": string, "fragments": Array<HookPromptFragment> }
  | { "type": "agentMessage", "moderation": AgentMessageModeration | null, "id": string, "text": string, "phase": MessagePhase | null, "memoryCitation": MemoryCitation | null, "delivery": AgentMessageDelivery | null, "questions": Array<AsyncUserInputQuestion> | null }
  | { "type": "functionCallOutput", "id": string, "name": string, "namespace": string | null, "output": FunctionCallOutputBody }
  | { "type": "plan", "id": string, "text": string }
  | {
    "type": "reasoning";
    "id": string;
    /** What is meant for users, part by part. */
    "summary": Array<string>;
    /** The raw thoughts, where the provider shows them. */
    "content": Array<string>;
  }
  | {
    "type": "commandExecution";
    "id": string;
    /** The plugin whose script it is, where that is certain. */
    "pluginId": string | null;
    /** The script's path within the plugin. */
    "scriptPath": string | null;
    /** argv joined as a shell would show it. */
    "command": string;
    "cwd": LegacyAppPathString;
    /** Of the session that can be written to; null when it has none. */
    "processId": string | null;
    "source": CommandExecutionSource;
    "status": CommandExecutionStatus;
    "commandActions": Array<CommandAction>;
    /** stdout and stderr as they came; null when there was none. */
    "aggregatedOutput": string | null;
    "exitCode": number | null;
    "durationMs": number | null;
  }
  | {
    "type": "fileChange";
    "id": string;
    /** By path. */
    "changes": Array<FileUpdateChange>;
    "status": PatchApplyStatus;
  }
  | {
    "type": "mcpToolCall";
    "id": string;
    "server": string;
    "tool": string;
    "status": McpToolCallStatus;
    "arguments": JsonValue;
    "appContext": McpToolCallAppContext | null;
    /** The older form of `mcpAppUi.resourceUri`; left out when there is none. */
    "mcpAppResourceUri"?: string;
    "mcpAppUi": McpAppUi | null;
    "pluginId": string | null;
    /** What the tool says of itself. */
    "readOnlyHint": boolean | null;
    "result": McpToolCallResult | null;
    "error": McpToolCallError | null;
    "durationMs": number | null;
  }
  | {
    "type": "dynamicToolCall";
    "id": string;
    "namespace": string | null;
    "tool": string;
    "arguments": JsonValue;
    "status": DynamicToolCallStatus;
    /** What it answered; null while it runs. */
    "contentItems": Array<DynamicToolCallOutputContentItem> | null;
    "success": boolean | null;
    "durationMs": number | null;
  }
  | {
    "type": "collabAgentToolCall";
    "id": string;
    "tool": CollabAgentTool;
    "status": CollabAgentToolCallStatus;
    "senderThreadId": string;
    /** Empty while an agent is being spawned. */
    "receiverThreadIds": Array<string>;
    "prompt": string | null;
    "model": string | null;
    "reasoningEffort": ReasoningEffort | null;
    /** Thread id → state. */
    "agentsStates": { [key in string]?: CollabAgentState };
  }
  | { "type": "subAgentActivity", "model": string | null, "reasoningEffort": ReasoningEffort | null, "id": string, "kind": SubAgentActivityKind, "agentThreadId": string, "agentPath": string }
  | {
    "type": "webSearch";
    "id": string;
    /** Empty until it is known. */
    "query": string;
    "action": WebSearchAction | null;
    "results": Array<JsonValue> | null;
  }
  | { "type": "imageView", "id": string, "path": LegacyAppPathString }
  | { "type": "sleep", "id": string, "durationMs": number }
  | {
    "type": "imageGeneration";
    "id": string;
    /** The provider's word. */
    "status": string;
    "revisedPrompt": string | null;
    "transparentBackground"?: boolean;
    "failure": ImageGenerationFailure | null;
    /** Where it was saved; left out when it was not. */
    "savedPath"?: AbsolutePathBuf;
    "inputImages"?: Array<ImageGenerationInputImage>;
    "generationId": string | null;
    /** Base64. */
    "result": string;
  }
  | {
    "type": "enteredReviewMode";
    "id": string;
    /** What is reviewed. */
    "review": string;
  }
  | {
    "type": "exitedReviewMode";
    "id": string;
    /** What was found, as text. */
    "review": string;
  }
  | { "type": "contextCompaction", "id": string };
