// Generated from the types of the package `protocol`. Changes belong there.

import type { ApplyPatchApprovalParams } from "./ApplyPatchApprovalParams";
import type { AttestationGenerateParams } from "./v2/AttestationGenerateParams";
import type { ChatgptAuthTokensRefreshParams } from "./v2/ChatgptAuthTokensRefreshParams";
import type { CommandExecutionRequestApprovalParams } from "./v2/CommandExecutionRequestApprovalParams";
import type { DynamicToolCallParams } from "./v2/DynamicToolCallParams";
import type { ExecCommandApprovalParams } from "./ExecCommandApprovalParams";
import type { FileChangeRequestApprovalParams } from "./v2/FileChangeRequestApprovalParams";
import type { McpServerElicitationRequestParams } from "./v2/McpServerElicitationRequestParams";
import type { PermissionsRequestApprovalParams } from "./v2/PermissionsRequestApprovalParams";
import type { RequestId } from "./RequestId";
import type { ToolRequestUserInputParams } from "./v2/ToolRequestUserInputParams";

export type ServerRequest =
  | { "method": "item/commandExecution/requestApproval", id: RequestId, params: CommandExecutionRequestApprovalParams }
  | { "method": "item/fileChange/requestApproval", id: RequestId, params: FileChangeRequestApprovalParams }
  | { "method": "item/tool/requestUserInput", id: RequestId, params: ToolRequestUserInputParams }
  | { "method": "mcpServer/elicitation/request", id: RequestId, params: McpServerElicitationRequestParams }
  | { "method": "item/permissions/requestApproval", id: RequestId, params: PermissionsRequestApprovalParams }
  | { "method": "item/tool/call", id: RequestId, params: DynamicToolCallParams }
  | { "method": "account/chatgptAuthTokens/refresh", id: RequestId, params: ChatgptAuthTokensRefreshParams }
  | { "method": "attestation/generate", id: RequestId, params: AttestationGenerateParams }
  | { "method": "applyPatchApproval", id: RequestId, params: ApplyPatchApprovalParams }
  | { "method": "execCommandApproval", id: RequestId, params: ExecCommandApprovalParams };
