"""What a client without `experimentalApi` may not use, and what it does not get (connection.md §4)."""

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.conversation import user_input

NOBODY = "00000000-0000-7000-8000-000000000000"
GRANULAR: JsonObject = {
    "approvalPolicy": {"granular": {"sandbox_approval": True, "rules": True, "mcp_elicitations": True}}
}
RESUME: JsonObject = {"threadId": NOBODY}
TURN: JsonObject = {"threadId": NOBODY, "input": user_input("x")}
STEER: JsonObject = {**TURN, "expectedTurnId": "x"}


GATED: list[tuple[str, JsonValue, str]] = [
    ("mock/experimentalMethod", {}, "mock/experimentalMethod"),
    ("thread/start", GRANULAR, "askForApproval.granular"),
    ("thread/start", {"permissions": ":workspace"}, "thread/start.permissions"),
    ("thread/start", {"environments": []}, "thread/start.environments"),
    ("thread/start", {"dynamicTools": []}, "thread/start.dynamicTools"),
    ("thread/start", {"mockExperimentalField": ""}, "thread/start.mockExperimentalField"),
    ("thread/start", {"experimentalRawEvents": True}, "thread/start.experimentalRawEvents"),
    ("thread/start", {"runtimeWorkspaceRoots": []}, "thread/start.runtimeWorkspaceRoots"),
    ("thread/start", {"persistExtendedHistory": True}, "thread/start.persistFullHistory"),
    ("thread/start", {"historyMode": "legacy"}, "thread/start.historyMode"),
    ("thread/resume", {**RESUME, "history": []}, "thread/resume.history"),
    ("thread/resume", {**RESUME, "path": "/nowhere"}, "thread/resume.path"),
    ("thread/resume", {**RESUME, **GRANULAR}, "askForApproval.granular"),
    ("thread/resume", {**RESUME, "permissions": "x"}, "thread/resume.permissions"),
    ("thread/fork", {**RESUME, "path": "/nowhere"}, "thread/fork.path"),
    ("thread/fork", {**RESUME, "permissions": "x"}, "thread/fork.permissions"),
    ("turn/start", {**TURN, "responsesapiClientMetadata": {}}, "turn/start.responsesapiClientMetadata"),
    ("turn/start", {**TURN, "environments": []}, "turn/start.environments"),
    ("turn/start", {**TURN, **GRANULAR}, "askForApproval.granular"),
    ("turn/start", {**TURN, "permissions": "x"}, "turn/start.permissions"),
    ("turn/start", {**TURN, "additionalContext": {}}, "turn/start.additionalContext"),
    ("turn/steer", {**STEER, "responsesapiClientMetadata": {}}, "turn/steer.responsesapiClientMetadata"),
]


@pytest.mark.parametrize(("method", "params", "reason"), GATED, ids=[f"{row[0]}: {row[2]}" for row in GATED])
def test_what_is_experimental_is_refused(plain: Client, method: str, params: JsonValue, reason: str) -> None:
    assert plain.refusal(method, params) == Refusal(-32600, f"{reason} requires experimentalApi capability")


def test_of_several_experimental_fields_one_is_named(plain: Client) -> None:
    refusal = plain.refusal("turn/start", {**TURN, **GRANULAR, "environments": [], "permissions": "x"})

    assert refusal.message == "turn/start.environments requires experimentalApi capability"


def test_a_malformed_request_is_told_so_before_the_gate(plain: Client) -> None:
    refusal = plain.refusal("mock/experimentalMethod", {"value": 5})

    assert refusal == Refusal(-32600, "Invalid request: invalid type: integer `5`, expected a string")


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("thread/resume", {**RESUME, "history": None, "path": None, "persistExtendedHistory": False}),
        ("thread/fork", {**RESUME, "path": None, "permissions": None}),
    ],
)
def test_null_and_false_use_nothing(plain: Client, method: str, params: JsonValue) -> None:
    assert plain.refusal(method, params).message == f"no rollout found for thread id {NOBODY}"


def test_words_for_the_approval_policy_are_not_experimental(plain: Client) -> None:
    refusal = plain.refusal("turn/start", {**TURN, "approvalPolicy": "never"})

    assert refusal.message == f"thread not found: {NOBODY}"


@pytest.mark.parametrize("value", ["☃", None])
def test_the_capability_opens_the_gate(shared: Client, value: JsonValue) -> None:
    assert shared.call("mock/experimentalMethod", {"value": value}) == {"echoed": value}
