"""Experimental methods and fields are refused by the reason that clients match on (connection.md §4)."""

from dataclasses import dataclass
from typing import Literal, get_args, get_type_hints

import pytest

from protocol.gating import FIELDS, experimental_use
from protocol.methods import CLIENT_REQUESTS, ClientRequest
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


def _marked(row: ClientRequest) -> list[str]:
    """The fields of a method's params that are declared experimental, in order."""
    kind = row.params_type()
    if row.experimental or not isinstance(kind, type):
        return []
    hints = get_type_hints(kind, include_extras=True)
    return [name for name in kind.model_fields if "experimental" in get_args(hints[name])[1:]]


def test_the_gate_knows_every_field_that_is_declared_experimental() -> None:
    declared = {row.name: fields for row in CLIENT_REQUESTS.values() if (fields := _marked(row))}

    by_value = ("approval_policy", "type")  # experimental for some of their values only
    gated = {name: [one for one in fields if one not in by_value] for name, fields in FIELDS.items()}
    assert {name: fields for name, fields in gated.items() if fields} == declared
