"""What the server asks of a client (connection.md §7)."""

from protocol.table.row import ServerRequest

SERVER_REQUESTS = (
    ServerRequest(
        "item/commandExecution/requestApproval",
        "approval:CommandExecutionRequestApprovalParams",
        "approval:CommandExecutionRequestApprovalResponse",
    ),
    ServerRequest(
        "item/fileChange/requestApproval",
        "approval:FileChangeRequestApprovalParams",
        "approval:FileChangeRequestApprovalResponse",
    ),
    ServerRequest(
        "item/tool/requestUserInput",
        "approval:ToolRequestUserInputParams",
        "approval:ToolRequestUserInputResponse",
    ),
    ServerRequest(
        "mcpServer/elicitation/request",
        "elicitation:McpServerElicitationRequestParams",
        "elicitation:McpServerElicitationRequestResponse",
    ),
    ServerRequest(
        "item/permissions/requestApproval",
        "approval:PermissionsRequestApprovalParams",
        "approval:PermissionsRequestApprovalResponse",
    ),
    ServerRequest("item/tool/call", "approval:DynamicToolCallParams", "approval:DynamicToolCallResponse"),
    ServerRequest(
        "account/chatgptAuthTokens/refresh",
        "approval:ChatgptAuthTokensRefreshParams",
        "approval:ChatgptAuthTokensRefreshResponse",
    ),
    ServerRequest(
        "attestation/generate",
        "attestation:AttestationGenerateParams",
        "attestation:AttestationGenerateResponse",
    ),
    ServerRequest(
        "applyPatchApproval",
        "approval_legacy:ApplyPatchApprovalParams",
        "approval_legacy:ApplyPatchApprovalResponse",
    ),
    ServerRequest(
        "execCommandApproval",
        "approval_legacy:ExecCommandApprovalParams",
        "approval_legacy:ExecCommandApprovalResponse",
    ),
)
