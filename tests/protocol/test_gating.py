"""Experimental methods and fields are refused by the reason that clients match on (connection.md §4)."""

from dataclasses import dataclass
from typing import Literal

import pytest

from protocol.gating import FIELDS, experimental_use
from protocol.wire import WireModel


@dataclass(frozen=True)
class Row:
    name: str
    experimental: bool = False


class Granular(WireModel):
    granular: dict[str, bool]


class StartParams(WireModel):
    approval_policy: Literal["never"] | Granular | None = None
    permissions: str | None = None
    dynamic_tools: list[str] | None = None
    experimental_raw_events: bool = False
    persist_extended_history: bool = False
    runtime_workspace_roots: list[str] | None = None


class LoginParams(WireModel):
    type: Literal["apiKey", "chatgptAuthTokens"]


def test_an_experimental_method_is_its_own_reason() -> None:
    assert experimental_use(Row("thread/goal/set", experimental=True), None) == "thread/goal/set"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        (StartParams(), None),
        (StartParams(permissions=None, dynamic_tools=None, experimental_raw_events=False), None),
        (StartParams(approval_policy="never"), None),
        (StartParams(dynamic_tools=[]), "thread/start.dynamicTools"),
        (StartParams(permissions=""), "thread/start.permissions"),
        (StartParams(experimental_raw_events=True), "thread/start.experimentalRawEvents"),
        (StartParams(persist_extended_history=True), "thread/start.persistFullHistory"),
        (StartParams(approval_policy=Granular(granular={})), "askForApproval.granular"),
        (StartParams(dynamic_tools=[], runtime_workspace_roots=[]), "thread/start.runtimeWorkspaceRoots"),
    ],
)
def test_a_field_in_use_is_refused_by_method_and_name(params: StartParams, reason: str | None) -> None:
    assert experimental_use(Row("thread/start"), params) == reason


def test_only_one_way_to_log_in_is_experimental() -> None:
    row = Row("account/login/start")

    assert experimental_use(row, LoginParams(type="apiKey")) is None
    assert (
        experimental_use(row, LoginParams(type="chatgptAuthTokens"))
        == "account/login/start.chatgptAuthTokens"
    )


def test_methods_without_experimental_fields_pass() -> None:
    assert "thread/read" not in FIELDS
    assert experimental_use(Row("thread/read"), StartParams(permissions="x")) is None
    assert experimental_use(Row("memory/status"), None) is None
