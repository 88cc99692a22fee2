"""What the server tells, and whom.

`connection`: the one that asked or owns the process; `thread`: those subscribed to the thread; `all`: every
initialized connection (connection.md §10).
"""

from protocol.table.row import ServerNotification

SERVER_NOTIFICATIONS = (
    ServerNotification("error", "errors:ErrorNotification", "thread"),
    ServerNotification("thread/started", "thread_events:ThreadStartedNotification", "all"),
    ServerNotification("thread/status/changed", "thread_events:ThreadStatusChangedNotification", "all"),
    ServerNotification(
        "thread/readState/changed", "read_state:ThreadReadStateChangedNotification", "all", since="0.169"
    ),
    ServerNotification("thread/archived", "thread_changes:ThreadArchivedNotification", "all"),
    ServerNotification("thread/deleted", "thread_changes:ThreadDeletedNotification", "all", since="0.169"),
    ServerNotification("thread/unarchived", "thread_changes:ThreadUnarchivedNotification", "all"),
    ServerNotification("thread/closed", "thread_changes:ThreadClosedNotification", "all"),
    ServerNotification(
        "thread/reverted", "thread_changes:ThreadRevertedNotification", "thread", since="0.169"
    ),
    ServerNotification("skills/changed", "skill:SkillsChangedNotification", "all"),
    ServerNotification("thread/name/updated", "thread_changes:ThreadNameUpdatedNotification", "all"),
    ServerNotification("thread/goal/updated", "goal:ThreadGoalUpdatedNotification", "all"),
    ServerNotification("thread/goal/cleared", "goal:ThreadGoalClearedNotification", "all"),
    ServerNotification(
        "thread/queue/changed", "queue:ThreadQueueChangedNotification", "thread", since="0.169"
    ),
    ServerNotification(
        "thread/settings/updated",
        "thread_settings:ThreadSettingsUpdatedNotification",
        "thread",
        since="0.169",
    ),
    ServerNotification(
        "thread/tokenUsage/updated", "thread_events:ThreadTokenUsageUpdatedNotification", "thread"
    ),
    ServerNotification("turn/started", "turn:TurnStartedNotification", "thread"),
    ServerNotification("hook/started", "hook:HookStartedNotification", "thread"),
    ServerNotification("turn/completed", "turn:TurnCompletedNotification", "thread"),
    ServerNotification("hook/completed", "hook:HookCompletedNotification", "thread"),
    ServerNotification("turn/diff/updated", "turn:TurnDiffUpdatedNotification", "thread"),
    ServerNotification("turn/plan/updated", "turn:TurnPlanUpdatedNotification", "thread"),
    ServerNotification("item/started", "item_events:ItemStartedNotification", "thread"),
    ServerNotification(
        "item/autoApprovalReview/started", "guardian:ItemGuardianApprovalReviewStartedNotification", "thread"
    ),
    ServerNotification(
        "item/autoApprovalReview/completed",
        "guardian:ItemGuardianApprovalReviewCompletedNotification",
        "thread",
    ),
    ServerNotification("item/completed", "item_events:ItemCompletedNotification", "thread"),
    ServerNotification(
        "rawResponseItem/completed", "item_progress:RawResponseItemCompletedNotification", "thread"
    ),
    ServerNotification("item/agentMessage/delta", "item_events:AgentMessageDeltaNotification", "thread"),
    ServerNotification("item/plan/delta", "item_progress:PlanDeltaNotification", "thread"),
    ServerNotification(
        "command/exec/outputDelta", "command:CommandExecOutputDeltaNotification", "connection"
    ),
    ServerNotification(
        "process/outputDelta", "process:ProcessOutputDeltaNotification", "connection", experimental=True
    ),
    ServerNotification(
        "process/exited", "process:ProcessExitedNotification", "connection", experimental=True
    ),
    ServerNotification(
        "item/commandExecution/outputDelta", "item_progress:CommandExecutionOutputDeltaNotification", "thread"
    ),
    ServerNotification(
        "item/commandExecution/terminalInteraction", "item_progress:TerminalInteractionNotification", "thread"
    ),
    ServerNotification(
        "item/fileChange/outputDelta", "item_progress:FileChangeOutputDeltaNotification", "thread"
    ),
    ServerNotification(
        "item/fileChange/patchUpdated", "item_progress:FileChangePatchUpdatedNotification", "thread"
    ),
    ServerNotification("serverRequest/resolved", "approval:ServerRequestResolvedNotification", "thread"),
    ServerNotification(
        "item/mcpToolCall/progress", "item_progress:McpToolCallProgressNotification", "thread"
    ),
    ServerNotification(
        "mcpServer/oauthLogin/completed", "mcp:McpServerOauthLoginCompletedNotification", "all"
    ),
    ServerNotification("mcpServer/startupStatus/updated", "mcp:McpServerStatusUpdatedNotification", "thread"),
    ServerNotification("account/updated", "account:AccountUpdatedNotification", "all"),
    ServerNotification(
        "account/rateLimits/updated", "rate_limit:AccountRateLimitsUpdatedNotification", "thread"
    ),
    ServerNotification("app/list/updated", "app:AppListUpdatedNotification", "all"),
    ServerNotification(
        "remoteControl/status/changed", "remote_control_status:RemoteControlStatusChangedNotification", "all"
    ),
    ServerNotification(
        "externalAgentConfig/import/completed",
        "external_agent:ExternalAgentConfigImportCompletedNotification",
        "all",
    ),
    ServerNotification("fs/changed", "files:FsChangedNotification", "connection"),
    ServerNotification(
        "item/reasoning/summaryTextDelta", "item_events:ReasoningSummaryTextDeltaNotification", "thread"
    ),
    ServerNotification(
        "item/reasoning/summaryPartAdded", "item_events:ReasoningSummaryPartAddedNotification", "thread"
    ),
    ServerNotification("item/reasoning/textDelta", "item_events:ReasoningTextDeltaNotification", "thread"),
    ServerNotification("thread/compacted", "thread_changes:ContextCompactedNotification", "thread"),
    ServerNotification("model/rerouted", "model_events:ModelReroutedNotification", "thread"),
    ServerNotification("model/verification", "model_events:ModelVerificationNotification", "thread"),
    ServerNotification(
        "modelProvider/authRecoveryStarted", "account:AuthRecoveryStarted", "thread", since="0.169"
    ),
    ServerNotification(
        "modelProvider/authRecoveryCompleted", "account:AuthRecoveryCompleted", "thread", since="0.169"
    ),
    ServerNotification("warning", "warnings:WarningNotification", "thread"),
    ServerNotification("guardianWarning", "warnings:GuardianWarningNotification", "thread"),
    ServerNotification("deprecationNotice", "warnings:DeprecationNoticeNotification", "thread"),
    ServerNotification("configWarning", "config_warning:ConfigWarningNotification", "connection"),
    ServerNotification(
        "fuzzyFileSearch/sessionUpdated", "search:FuzzyFileSearchSessionUpdatedNotification", "all"
    ),
    ServerNotification(
        "fuzzyFileSearch/sessionCompleted", "search:FuzzyFileSearchSessionCompletedNotification", "all"
    ),
    ServerNotification(
        "thread/realtime/started",
        "realtime_events:ThreadRealtimeStartedNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "thread/realtime/itemAdded",
        "realtime_events:ThreadRealtimeItemAddedNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "thread/realtime/transcript/delta",
        "realtime_events:ThreadRealtimeTranscriptDeltaNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "thread/realtime/transcript/done",
        "realtime_events:ThreadRealtimeTranscriptDoneNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "thread/realtime/outputAudio/delta",
        "realtime_events:ThreadRealtimeOutputAudioDeltaNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "thread/realtime/sdp", "realtime_events:ThreadRealtimeSdpNotification", "thread", experimental=True
    ),
    ServerNotification(
        "thread/realtime/error",
        "realtime_events:ThreadRealtimeErrorNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "thread/realtime/closed",
        "realtime_events:ThreadRealtimeClosedNotification",
        "thread",
        experimental=True,
    ),
    ServerNotification(
        "windows/worldWritableWarning", "windows:WindowsWorldWritableWarningNotification", "all"
    ),
    ServerNotification(
        "windowsSandbox/setupCompleted", "windows:WindowsSandboxSetupCompletedNotification", "connection"
    ),
    ServerNotification("account/login/completed", "login:AccountLoginCompletedNotification", "all"),
)
