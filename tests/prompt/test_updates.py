"""Later turns are told what changed, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from app_server.config.permissions import GranularApproval, SandboxPolicy
from app_server.model.catalog import lookup
from app_server.prompt.collaboration import CollaborationMode
from app_server.prompt.context import TurnContext
from app_server.prompt.environment import Environment, NetworkRules
from app_server.prompt.updates import context_updates
from protocol.wire import JsonObject

MakeContext = Callable[..., TurnContext]


@pytest.fixture
def told(make_context: MakeContext) -> Callable[..., list[str]]:
    """The opening tags of what a turn with these changes is told after a plain one."""

    def tell(before: dict[str, Any] | None = None, **changes: Any) -> list[str]:
        first = make_context(**(before or {}))
        second = make_context(**{**(before or {}), "turn_id": "turn-2", **changes})
        messages = context_updates(first.to_record(), second, previous_model=first.model.slug)
        return [tag for message in messages for tag in tags(message)]

    return tell


def tags(message: JsonObject) -> list[str]:
    content = message["content"]
    assert isinstance(content, list)
    texts = [str(part["text"]) for part in content if isinstance(part, dict)]
    return [text[1:].partition(">")[0] for text in texts]


def text_of(message: JsonObject) -> str:
    content = message["content"]
    assert isinstance(content, list)
    (part,) = content
    assert isinstance(part, dict)
    return str(part["text"])


WORKSPACE = {"sandbox": SandboxPolicy("workspace-write")}
PLAN = CollaborationMode("plan", "gpt-5.4", None, "PLAN")


def test_the_same_settings_are_not_told_again(told: Callable[..., list[str]]) -> None:
    assert told() == []
    assert told(WORKSPACE) == []
    assert told({"collaboration": PLAN, "network": NetworkRules(("a",)), "effort": "low"}) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"approval_policy": "never"},
        {"approval_policy": GranularApproval(sandbox_approval=True, rules=True, mcp_elicitations=True)},
        {"sandbox": SandboxPolicy("danger-full-access", network_access=True)},
        {"sandbox": SandboxPolicy("read-only", network_access=True)},
    ],
)
def test_other_permissions_are_told_in_full(told: Callable[..., list[str]], changes: dict[str, Any]) -> None:
    assert told(**changes) == ["permissions instructions"]


def test_another_reviewer_alone_is_not_told(told: Callable[..., list[str]]) -> None:
    assert told(auto_review=True) == []


def test_another_folder_changes_permissions_only_where_it_may_be_written(
    told: Callable[..., list[str]],
) -> None:
    assert told(cwd="/other") == ["environment_context"]
    assert told(WORKSPACE, cwd="/other") == ["permissions instructions", "environment_context"]


def test_the_folder_is_told_only_when_it_changed(make_context: MakeContext) -> None:
    record = make_context().to_record()
    elsewhere = (Environment("local", "/other", "bash"),)

    moved = context_updates(record, make_context(cwd="/other", environments=elsewhere))
    next_day = context_updates(record, make_context(current_date="2026-05-05"))

    assert "<cwd>/other</cwd>\n  <shell>bash</shell>" in str(moved[0]["content"]).replace("\\n", "\n")
    assert "<cwd>" not in str(next_day)
    assert "<current_date>2026-05-05</current_date>" in str(next_day)
    assert "<timezone>Europe/Paris</timezone>" in str(next_day)


@pytest.mark.parametrize("changes", [{"timezone": "Asia/Tokyo"}, {"network": NetworkRules(denied=("x",))}])
def test_zone_and_network_are_told(told: Callable[..., list[str]], changes: dict[str, Any]) -> None:
    assert told(**changes) == ["environment_context"]


def test_another_shell_alone_is_not_told(told: Callable[..., list[str]]) -> None:
    assert told(environments=(Environment("local", "/code/project", "zsh"),)) == []


def test_that_there_is_no_place_is_told_every_time(told: Callable[..., list[str]]) -> None:
    assert told({"environments": ()}) == ["environment_context"]


def test_a_turn_in_a_place_of_its_own_may_write_what_the_thread_may(told: Callable[..., list[str]]) -> None:
    elsewhere = {"cwd": "/elsewhere", "thread_cwd": "/code/project"}

    assert told(WORKSPACE, **elsewhere) == ["environment_context"]
    assert told(WORKSPACE, cwd="/elsewhere") == ["permissions instructions", "environment_context"]


@pytest.mark.parametrize(
    "changes",
    [
        {"without_cwd": True},
        {"kept": ("/code/project/docs",)},
        {"hidden": ("/secret",)},
        {"exclude_slash_tmp": True},
        {"network_access": True},
    ],
)
def test_whatever_of_a_profile_is_other_is_told(
    told: Callable[..., list[str]], changes: dict[str, Any]
) -> None:
    policy = SandboxPolicy("workspace-write", ("/opt",))

    assert told({"sandbox": policy}, sandbox=policy._replace(**changes)) == ["permissions instructions"]
    assert told({"sandbox": policy._replace(**changes)}) == []


def test_several_places_are_told_every_time(told: Callable[..., list[str]]) -> None:
    places = (Environment("a", "/code/project", "sh"), Environment("b", "/b", "sh"))

    assert told({"environments": places}) == ["environment_context"]


def test_another_model_brings_its_instructions_and_takes_the_personality_with_it(
    told: Callable[..., list[str]],
) -> None:
    other, _ = lookup("gpt-5.5")

    assert told(model=other, personality="friendly") == ["model_switch"]


def test_another_personality_on_the_same_model_is_told(told: Callable[..., list[str]]) -> None:
    assert told(personality="friendly") == ["personality_spec"]
    assert told(personality="none") == []
    assert told({"instructions_overridden": True, "base_instructions": "OWN"}, personality="friendly") == []


def test_a_mode_is_told_again_when_anything_of_it_changed_and_it_has_a_text(
    told: Callable[..., list[str]],
) -> None:
    silent = CollaborationMode("default", "gpt-5.4", None, "")

    assert told(collaboration=PLAN) == ["collaboration_mode"]
    assert told({"collaboration": PLAN}, effort="high") == ["collaboration_mode"]
    assert told({"collaboration": PLAN}, collaboration=silent) == []


@pytest.mark.parametrize(
    ("before", "after", "section", "end"),
    [
        (True, False, ["realtime_conversation"], "\n\nReason: inactive\n</realtime_conversation>"),
        (False, True, ["realtime_conversation"], "\n</realtime_conversation>"),
        (True, True, [], ""),
    ],
)
def test_beginning_and_end_of_what_is_spoken_are_told_once(
    make_context: MakeContext, before: bool, after: bool, section: list[str], end: str
) -> None:
    record = make_context(realtime_active=before).to_record()

    messages = context_updates(record, make_context(realtime_active=after))

    assert [tag for message in messages for tag in tags(message)] == section
    assert all(text_of(message).endswith(end) for message in messages)


def test_own_words_open_what_is_spoken(make_context: MakeContext) -> None:
    context = make_context(realtime_active=True, realtime_instructions="OWN")

    (message,) = context_updates(make_context().to_record(), context)

    assert text_of(message) == "<realtime_conversation>\nOWN\n</realtime_conversation>"


def test_a_record_that_knows_nothing_of_speech_is_one_of_silence(make_context: MakeContext) -> None:
    record = make_context().to_record()
    del record["realtime_active"]

    assert context_updates(record, make_context()) == []
    assert len(context_updates(record, make_context(realtime_active=True))) == 1


def test_a_model_without_instructions_of_its_own_is_no_switch(make_context: MakeContext) -> None:
    other, _ = lookup("gpt-5.5")
    context = make_context(model=other, instructions_overridden=True, base_instructions="")

    messages = context_updates(make_context().to_record(), context, previous_model="gpt-5.4")

    assert [tag for message in messages for tag in tags(message)] == []


def test_sections_share_one_message_before_the_environment(make_context: MakeContext) -> None:
    other, _ = lookup("gpt-5.5")
    changed = make_context(model=other, approval_policy="never", collaboration=PLAN, cwd="/other")

    messages = context_updates(make_context().to_record(), changed, previous_model="gpt-5.4")

    assert [message["role"] for message in messages] == ["developer", "user"]
    assert [tags(message) for message in messages] == [
        ["model_switch", "permissions instructions", "collaboration_mode"],
        ["environment_context"],
    ]


def test_switched_off_sections_are_never_told(told: Callable[..., list[str]]) -> None:
    off = {"include_permissions": False, "include_environment": False}

    assert told(off, cwd="/other", approval_policy="never") == []


def test_a_record_of_the_reference_is_understood(make_context: MakeContext) -> None:
    record: JsonObject = {
        "turn_id": "t",
        "cwd": "/code/project",
        "current_date": "2026-05-04",
        "timezone": "Europe/Paris",
        "approval_policy": "on-request",
        "sandbox_policy": {"type": "read-only"},
        "permission_profile": {
            "type": "managed",
            "file_system": {
                "type": "restricted",
                "entries": [{"path": {"type": "special", "value": {"kind": "root"}}, "access": "read"}],
            },
            "network": "restricted",
        },
        "model": "gpt-5.4",
        "personality": "pragmatic",
        "collaboration_mode": {
            "mode": "default",
            "settings": {"model": "gpt-5.4", "reasoning_effort": None, "developer_instructions": None},
        },
        "realtime_active": False,
        "summary": "none",
        "truncation_policy": {"mode": "tokens", "limit": 10000},
    }

    assert context_updates(record, make_context(), previous_model="gpt-5.4") == []


@pytest.mark.parametrize("record", [{}, {"sandbox_policy": 5, "approval_policy": None, "cwd": []}])
def test_a_poor_record_only_means_that_more_is_told(make_context: MakeContext, record: JsonObject) -> None:
    messages = context_updates(record, make_context())

    assert [tags(message) for message in messages] == [["permissions instructions"], ["environment_context"]]


def test_the_record_is_what_a_log_line_holds(make_context: MakeContext) -> None:
    context = make_context(
        sandbox=SandboxPolicy("workspace-write", ("/extra",)),
        user_instructions="DOCS",
        output_schema={"type": "object"},
    )

    def entry(path: JsonObject, access: str) -> JsonObject:
        return {"path": path, "access": access}

    record = context.to_record()
    assert record == {
        "turn_id": "turn-1",
        "cwd": "/code/project",
        "current_date": "2026-05-04",
        "timezone": "Europe/Paris",
        "approval_policy": "on-request",
        "sandbox_policy": {
            "type": "workspace-write",
            "writable_roots": ["/extra"],
            "network_access": False,
            "exclude_tmpdir_env_var": False,
            "exclude_slash_tmp": False,
        },
        "permission_profile": {
            "type": "managed",
            "file_system": {
                "type": "restricted",
                "entries": [
                    entry({"type": "special", "value": {"kind": "root"}}, "read"),
                    entry({"type": "path", "path": "/code/project"}, "write"),
                    entry({"type": "special", "value": {"kind": "slash_tmp"}}, "write"),
                    entry({"type": "special", "value": {"kind": "tmpdir"}}, "write"),
                    entry({"type": "path", "path": "/extra"}, "write"),
                    entry({"type": "path", "path": "/code/project/.git"}, "read"),
                    entry({"type": "path", "path": "/code/project/.agents"}, "read"),
                    entry({"type": "path", "path": "/code/project/.codex"}, "read"),
                ],
            },
            "network": "restricted",
        },
        "model": "gpt-5.4",
        "personality": "pragmatic",
        "collaboration_mode": {
            "mode": "default",
            "settings": {"model": "gpt-5.4", "reasoning_effort": None, "developer_instructions": None},
        },
        "realtime_active": False,
        "summary": "none",
        "user_instructions": "DOCS",
        "final_output_json_schema": {"type": "object"},
        "truncation_policy": {"mode": "tokens", "limit": 10000},
    }
