"""Words that not both versions of the wire have are told to those who know them; all others decode, too."""

from typing import Any

import pytest

from protocol.hook import HookRunSummary, HookStartedNotification
from protocol.item import AgentMessageThreadItem, SleepThreadItem
from protocol.item_events import AgentMessageDeltaNotification, ItemStartedNotification
from protocol.methods import CLIENT_REQUESTS
from protocol.model import Model, ModelListResponse, ReasoningEffortOption
from protocol.permissions import FileSystemSandboxEntry, PathFileSystemPath
from protocol.thread_settings import ThreadSettings, ThreadSettingsUpdatedNotification
from protocol.thread_start import ThreadStartParams
from protocol.turn import Turn
from protocol.vocabulary import Version, Vocabulary, is_universal, version_of
from protocol.wire import WireModel

OLD: Version = "0.131"
NEW: Version = "0.169"


@pytest.mark.parametrize(
    ("name", "version", "capabilities", "expected"),
    [
        ("codex-tui", "0.131.0", {"experimentalApi", "requestAttestation"}, OLD),
        ("codex-tui", "0.130.0-alpha.1", set[str](), OLD),
        ("codex-tui", "0.169.0", set[str](), NEW),
        ("codex_python_sdk", "0.163.0", {"experimentalApi"}, NEW),
        ("codex_python_sdk", "0.140.0", {"experimentalApi"}, None),
        ("codex_python_sdk", "dev", {"experimentalApi"}, None),
        ("my_app", "0.131.0", {"optOutNotificationMethods"}, None),
        ("my_app", "1.0.0", {"requiredHumanApproval"}, NEW),
        ("my_app", "1.0.0", {"extensions"}, NEW),
        ("codex-tui", "0.131.0", {"explicitGatewayOauth"}, NEW),
    ],
)
def test_what_a_client_says_of_itself_tells_its_wire_or_does_not(
    name: str, version: str, capabilities: set[str], expected: Version
) -> None:
    assert version_of(name, version, capabilities) == expected


def settings(**changed: Any) -> ThreadSettingsUpdatedNotification:
    wire: dict[str, Any] = {
        "cwd": "/w",
        "approvalPolicy": "on-failure",
        "approvalsReviewer": "user",
        "sandboxPolicy": {"type": "dangerFullAccess"},
        "model": "m",
        "modelProvider": "p",
        "effort": "max",
        "collaborationMode": {"mode": "default", "settings": {"model": "m", "reasoning_effort": "max"}},
        **changed,
    }
    return ThreadSettingsUpdatedNotification(
        thread_id="t", thread_settings=ThreadSettings.model_validate(wire)
    )


def told(model: WireModel, version: Version, *heard: str) -> Any:
    vocabulary = Vocabulary(version)
    vocabulary.heard = frozenset(heard)
    return vocabulary.tell(model)


@pytest.mark.parametrize(
    ("version", "heard", "policy", "effort"),
    [
        (OLD, (), "on-failure", None),
        (NEW, (), "on-request", "max"),
        (None, (), "on-request", None),
        (None, ("max",), "on-request", "max"),
        (None, ("on-failure",), "on-failure", None),
    ],
)
def test_a_word_is_told_to_those_who_know_it(
    version: Version, heard: tuple[str, ...], policy: str, effort: str | None
) -> None:
    found = told(settings(), version, *heard).thread_settings

    assert (found.approval_policy, found.effort) == (policy, effort)
    assert found.collaboration_mode.settings.reasoning_effort == effort


def test_what_has_no_dated_word_is_the_same_object() -> None:
    event = settings(approvalPolicy="never", effort="high", collaborationMode=settings_of("low"))

    assert told(event, None) is event


def settings_of(effort: str) -> dict[str, Any]:
    return {"mode": "default", "settings": {"model": "m", "reasoning_effort": effort}}


def test_efforts_that_a_client_cannot_name_are_not_offered_to_it() -> None:
    options = [
        ReasoningEffortOption(reasoning_effort=one, description="") for one in ("high", "max", "ultra")
    ]
    model = Model(
        id="m",
        model="m",
        display_name="M",
        description="",
        hidden=False,
        supported_reasoning_efforts=options,
        default_reasoning_effort="ultra",
        input_modalities=["text", "audio"],
        is_default=True,
    )
    listed = ModelListResponse(data=[model])

    (plain,) = told(listed, OLD).data
    (full,) = told(listed, NEW).data

    assert [option.reasoning_effort for option in plain.supported_reasoning_efforts] == ["high"]
    assert (plain.default_reasoning_effort, plain.input_modalities) == ("xhigh", ["text"])
    assert full is model


def test_an_item_of_a_kind_that_a_client_has_not_is_missing_from_its_list() -> None:
    said = AgentMessageThreadItem(id="a", text="x")
    turn = Turn(id="t", items=[said, SleepThreadItem(id="s", duration_ms=1)], status="completed", error=None)

    assert told(turn, OLD).items == [said]
    assert told(turn, NEW) is turn


def test_a_notification_of_nothing_else_is_not_told() -> None:
    event = ItemStartedNotification(
        thread_id="t", turn_id="u", started_at_ms=1, item=SleepThreadItem(id="s", duration_ms=1)
    )
    run = HookRunSummary(
        id="h",
        event_name="sessionEnd",
        handler_type="command",
        execution_mode="sync",
        scope="thread",
        source_path="/h",
        display_order=0,
        status="running",
        started_at=1,
        entries=[],
    )
    started = HookStartedNotification(thread_id="t", run=run)

    assert [told(one, OLD) for one in (event, started)] == [None, None]
    assert [told(one, NEW) for one in (event, started)] == [event, started]


@pytest.mark.parametrize(
    ("word", "version", "said"),
    [("deny", OLD, "none"), ("none", OLD, "none"), ("none", NEW, "deny"), ("deny", NEW, "deny")],
)
def test_each_version_has_its_own_word_for_the_same(word: Any, version: Version, said: str) -> None:
    entry = FileSystemSandboxEntry(path=PathFileSystemPath(path="/p"), access=word)

    assert told(entry, version).access == said


def test_a_client_shows_what_it_knows_by_what_it_calls_and_says() -> None:
    vocabulary = Vocabulary()
    row = CLIENT_REQUESTS["thread/start"]

    vocabulary.hear(row.since, ThreadStartParams(approval_policy="on-failure", model="max"))
    assert (vocabulary.version, vocabulary.heard) == (None, frozenset({"on-failure"}))

    vocabulary.hear(CLIENT_REQUESTS["thread/delete"].since, None)
    assert vocabulary.version == NEW


def test_a_delta_is_sent_as_it_is() -> None:
    assert is_universal(AgentMessageDeltaNotification)
    assert not is_universal(ItemStartedNotification)
