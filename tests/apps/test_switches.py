"""What `[apps]` says of apps and their tools."""

import pytest

from app_server.apps.switches import AppSwitches
from protocol.wire import JsonObject

SAFE: JsonObject = {"destructiveHint": False, "openWorldHint": False}


def allows(apps: JsonObject, hints: JsonObject | None = None, title: str | None = None) -> bool:
    return AppSwitches(apps).allows_tool("c", "t", title, hints)


@pytest.mark.parametrize(
    ("apps", "allowed"),
    [
        ({}, True),
        ({"c": {"enabled": False}}, False),
        ({"_default": {"enabled": False}}, False),
        ({"_default": {"enabled": False}, "c": {}}, True),
        ({"c": {"destructive_enabled": False}}, False),
        ({"c": {"destructive_enabled": False, "tools": {"t": {"enabled": True}}}}, True),
        ({"c": {"destructive_enabled": False, "default_tools_enabled": True}}, True),
        ({"c": {"default_tools_enabled": False, "tools": {"t": {"enabled": True}}}}, True),
        ({"_default": {"open_world_enabled": False}}, False),
        ({"_default": {"open_world_enabled": False}, "c": {"open_world_enabled": True}}, True),
        ({"other": {"enabled": False}}, True),
    ],
)
def test_a_tool_that_says_nothing_of_itself_counts_as_all_that_can_be_switched_off(
    apps: JsonObject, *, allowed: bool
) -> None:
    assert allows(apps) == allowed


def test_a_tool_that_says_it_is_harmless_is_left_when_others_are_off() -> None:
    off: JsonObject = {"_default": {"destructive_enabled": False, "open_world_enabled": False}}

    assert allows(off, SAFE)
    assert not allows(off, {"readOnlyHint": True})


def test_a_tool_may_be_named_by_its_title() -> None:
    assert not allows({"c": {"tools": {"Title": {"enabled": False}}}}, title="Title")


def test_the_nearest_says_how_calls_are_approved() -> None:
    default: JsonObject = {"default_tools_approval_mode": "prompt"}
    approve: JsonObject = {"default_tools_approval_mode": "approve"}
    tool: JsonObject = {"t": {"approval_mode": "auto"}}
    said: list[JsonObject] = [
        {},
        {"_default": default},
        {"_default": default, "c": approve},
        {"c": {**approve, "tools": tool}},
    ]

    modes = [AppSwitches(apps).approval_of("c", "t", None) for apps in said]

    assert modes == ["auto", "prompt", "approve", "auto"]
