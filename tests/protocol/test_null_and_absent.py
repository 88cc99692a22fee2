"""Which optional keys are sent as null and which are left out (threads-and-turns.md §2, connection.md §7)."""

import pytest

from protocol.approval import CommandExecutionRequestApprovalParams, PermissionsRequestApprovalParams
from protocol.attestation import AttestationGenerateParams
from protocol.config_warning import ConfigWarningNotification
from protocol.debug import DebugBuildPromptInputResponse
from protocol.decode import DecodeError, decode, decode_type
from protocol.errors import (
    ActiveTurnNotSteerableCodexErrorInfo,
    BusyTurn,
    CodexErrorInfo,
    ErrorNotification,
    HttpConnectionFailedCodexErrorInfo,
    HttpFailure,
    TurnError,
)
from protocol.initialize import InitializeParams
from protocol.input import TextUserInput
from protocol.item import ImageGenerationThreadItem, McpToolCallThreadItem, UserMessageThreadItem
from protocol.item_events import ItemCompletedNotification
from protocol.policy import (
    AskForApproval,
    DangerFullAccessSandboxPolicy,
    GranularApproval,
    GranularAskForApproval,
)
from protocol.thread import IdleThreadStatus, Thread
from protocol.thread_resume import ThreadResumeParams
from protocol.thread_start import ThreadStartParams, ThreadStartResponse
from protocol.turn import Turn
from protocol.turn_start import TurnStartParams
from protocol.wire import JsonObject, JsonValue

THREAD = Thread(
    id="t",
    session_id="t",
    preview="",
    ephemeral=False,
    project_id=None,
    model_provider="offline",
    created_at=1,
    updated_at=2,
    status=IdleThreadStatus(),
    cwd="/srv",
    cli_version="0.169.0",
    source="vscode",
    turns=[],
)


def test_a_thread_always_has_all_its_keys() -> None:
    sent = THREAD.to_wire()

    assert sent.keys() == {field.alias for field in Thread.model_fields.values()}
    assert {key for key, value in sent.items() if value is None} == {
        *("agentNickname", "agentRole", "attachedToThreadId", "canAcceptDirectInput", "daybreakEnabled"),
        *(
            "environments",
            "extra",
            "forkedFromId",
            "gitInfo",
            "model",
            "name",
            "originator",
            "parentThreadId",
        ),
        *("path", "projectId", "reasoningEffort", "recencyAt", "section", "sectionEnteredAt", "threadSource"),
    }
    assert sent["historyMode"] == "legacy"


def test_a_turn_always_has_all_its_keys() -> None:
    turn = Turn(id="u", items=[], items_view="notLoaded", status="inProgress")

    assert turn.to_wire() == {
        "id": "u",
        "rootTurnId": None,
        "items": [],
        "itemsView": "notLoaded",
        "status": "inProgress",
        "error": None,
        "startedAt": None,
        "completedAt": None,
        "durationMs": None,
    }


def test_the_answer_to_thread_start_has_the_keys_of_old_and_new_clients() -> None:
    answer = ThreadStartResponse(
        thread=THREAD,
        model="m",
        model_provider="offline",
        cwd="/srv",
        approval_policy="never",
        approvals_reviewer="user",
        sandbox=DangerFullAccessSandboxPolicy(),
    )

    assert answer.to_wire() == {
        "thread": THREAD.to_wire(),
        "model": "m",
        "modelProvider": "offline",
        "serviceTier": None,
        "disabledPluginIds": [],
        "cwd": "/srv",
        "runtimeWorkspaceRoots": [],
        "instructionSources": [],
        "approvalPolicy": "never",
        "approvalsReviewer": "user",
        "sandbox": {"type": "dangerFullAccess"},
        "activePermissionProfile": None,
        "reasoningEffort": None,
        "multiAgentMode": "explicitRequestOnly",
    }


def test_items_leave_out_only_what_the_reference_leaves_out() -> None:
    call = McpToolCallThreadItem(id="c", server="s", tool="t", status="inProgress", arguments={})
    image = ImageGenerationThreadItem(id="i", status="completed", result="AA==")

    assert "mcpAppResourceUri" not in call.to_wire()
    assert call.to_wire()["result"] is None
    assert not image.to_wire().keys() & {"savedPath", "inputImages", "transparentBackground"}
    assert image.to_wire()["revisedPrompt"] is None


def test_text_elements_keep_their_own_spelling_and_are_always_sent() -> None:
    done = ItemCompletedNotification(
        thread_id="t",
        turn_id="u",
        completed_at_ms=3,
        item=UserMessageThreadItem(id="i", content=[TextUserInput(text="hi")]),
    )

    assert done.to_wire() == {
        "item": {
            "type": "userMessage",
            "id": "i",
            "clientId": None,
            "content": [{"type": "text", "text": "hi", "text_elements": []}],
        },
        "threadId": "t",
        "turnId": "u",
        "completedAtMs": 3,
    }


def test_questions_to_the_client_leave_out_what_they_do_not_say() -> None:
    question = CommandExecutionRequestApprovalParams(thread_id="t", turn_id="u", item_id="i", started_at_ms=1)

    assert question.to_wire() == {
        "kind": "command",
        "threadId": "t",
        "turnId": "u",
        "itemId": "i",
        "startedAtMs": 1,
        "environmentId": None,
    }
    assert PermissionsRequestApprovalParams.model_fields["reason"].exclude_if is None
    assert AttestationGenerateParams().to_bytes() == b"{}"


def test_a_configuration_warning_without_a_place_has_none() -> None:
    assert ConfigWarningNotification(summary="s").to_wire() == {"summary": "s", "details": None}


def test_error_kinds_are_words_or_objects_of_one_key() -> None:
    kinds: dict[str, CodexErrorInfo] = {
        "contextWindowExceeded": "contextWindowExceeded",
        "http": HttpConnectionFailedCodexErrorInfo(http_connection_failed=HttpFailure(http_status_code=400)),
        "busy": ActiveTurnNotSteerableCodexErrorInfo(active_turn_not_steerable=BusyTurn(turn_kind="review")),
    }
    sent = [
        ErrorNotification(
            error=TurnError(message="m", codex_error_info=kind), will_retry=False, thread_id="t", turn_id="u"
        ).to_wire()["error"]
        for kind in kinds.values()
    ]

    rest = {"message": "m", "additionalDetails": None, "misalignment": None}
    assert sent == [
        {**rest, "codexErrorInfo": "contextWindowExceeded"},
        {**rest, "codexErrorInfo": {"httpConnectionFailed": {"httpStatusCode": 400}}},
        {**rest, "codexErrorInfo": {"activeTurnNotSteerable": {"turnKind": "review"}}},
    ]


def test_the_preview_of_a_prompt_carries_only_what_was_asked_for() -> None:
    item: JsonObject = {"type": "message", "unheard_of": [1]}

    assert DebugBuildPromptInputResponse(input=[item]).to_wire() == {"input": [item]}


@pytest.mark.parametrize("policy", ["untrusted", "on-failure", "on-request", "never"])
def test_approval_policies_of_both_versions_are_understood(policy: str) -> None:
    assert decode(ThreadStartParams, {"approvalPolicy": policy}).approval_policy == policy


def test_missing_flags_of_the_granular_policy_are_echoed_as_false() -> None:
    flags: JsonObject = {"sandbox_approval": True, "rules": False, "mcp_elicitations": True}

    policy = decode_type(AskForApproval, {"granular": flags})

    assert policy == GranularAskForApproval(
        granular=GranularApproval(sandbox_approval=True, rules=False, mcp_elicitations=True)
    )
    assert policy.to_wire() == {"granular": {**flags, "skill_approval": False, "request_permissions": False}}


def test_null_clears_a_service_tier_and_absence_keeps_it() -> None:
    cleared = decode(TurnStartParams, {"threadId": "t", "input": [], "serviceTier": None})
    kept = decode(TurnStartParams, {"threadId": "t", "input": []})

    assert "service_tier" in cleared.model_fields_set
    assert "service_tier" not in kept.model_fields_set


def test_switches_that_default_to_false_take_no_null() -> None:
    client: JsonObject = {"name": "n", "version": "1"}

    with pytest.raises(DecodeError, match="invalid type: null, expected a boolean"):
        decode(InitializeParams, {"clientInfo": client, "capabilities": {"experimentalApi": None}})


def test_a_permission_profile_may_be_named_in_its_older_form() -> None:
    by_object = decode(ThreadStartParams, {"permissions": {"type": "profile", "id": ":workspace"}})

    assert by_object.permissions == ":workspace"
    assert decode(ThreadStartParams, {"permissions": ":workspace"}).permissions == ":workspace"


def test_tools_of_old_clients_need_no_type() -> None:
    tool: JsonObject = {"namespace": "n", "name": "t", "description": "d", "inputSchema": {}}

    tools = decode(ThreadStartParams, {"dynamicTools": [tool]}).dynamic_tools

    assert tools is not None
    assert tools[0].to_wire() == {"type": "function", **tool, "deferLoading": False}


def test_history_passes_through_with_all_that_we_do_not_know() -> None:
    history: list[JsonValue] = [{"type": "message", "role": "user", "content": [], "brand_new": {"a": 1}}]

    assert decode(ThreadResumeParams, {"threadId": "t", "history": history}).history == history
