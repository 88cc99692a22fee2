"""Whatever a client does with what it is asked, its turns end (C8): it refuses, garbles, or is silent."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import PLAN_MODE, calling
from support.client import SILENCE, Answer, Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import finish_turn, run_turn, start_turn
from support.mcp_conversation import connect_with_small_server, ready
from support.requires import NEEDS_SANDBOX
from support.upstream import Upstream

pytestmark = NEEDS_SANDBOX

QUESTION: JsonObject = {
    "id": "q",
    "header": "H",
    "question": "Q?",
    "options": [{"label": "A", "description": "a"}, {"label": "B", "description": "b"}],
}
PATCH: JsonObject = {
    "type": "custom_tool_call",
    "name": "apply_patch",
    "input": "*** Begin Patch\n*** Add File: ../outside.txt\n+hello\n*** End Patch",
    "call_id": "c1",
}
TOOL: JsonObject = {
    "type": "function",
    "name": "t",
    "description": "T",
    "inputSchema": {"type": "object", "properties": {}},
}


@dataclass(frozen=True, slots=True)
class Case:
    """A call of the model that makes the server ask its client something."""

    asks: str
    call: sse.Event
    thread: JsonObject
    turn: JsonObject


CASES = [
    Case(
        "item/commandExecution/requestApproval",
        sse.call("exec_command", {"cmd": "touch x", "login": False}),
        {"approvalPolicy": "untrusted"},
        {},
    ),
    Case(
        "item/fileChange/requestApproval",
        sse.item_done(PATCH),
        {"approvalPolicy": "on-request", "sandbox": "workspace-write"},
        {},
    ),
    Case(
        "item/tool/requestUserInput",
        sse.call("request_user_input", {"questions": [QUESTION]}),
        {},
        {"collaborationMode": PLAN_MODE},
    ),
    Case("item/tool/call", sse.call("t"), {"dynamicTools": [TOOL]}, {}),
    Case(
        "mcpServer/elicitation/request",
        sse.call("plain", {"text": "p"}, namespace="mcp__small__"),
        {},
        {"approvalPolicy": "on-request"},
    ),
]
EACH = pytest.mark.parametrize("case", [pytest.param(case, id=case.asks) for case in CASES])
UNHELPFUL: list[Answer] = [
    Refusal(-32601, "no such method"),
    None,
    "garbage",
    {},
    {"decision": {"perhaps": 7}, "answers": [1], "action": "later", "contentItems": 3},
]


def count(client: Client, method: str) -> int:
    return sum(one.get("method") == method for one in client.received)


@pytest.fixture
def begin(connect: Connect, upstream: Upstream, tmp_path: Path) -> Callable[[Case], tuple[Client, str]]:
    """Start a thread in which the model is about to make the case's call."""

    def start(case: Case) -> tuple[Client, str]:
        client = connect_with_small_server(connect, upstream, connect.home / "mcp.log")
        folder = tmp_path / "workspace"
        (folder / ".git").mkdir(parents=True)
        thread_id = ready(client, servers=1, cwd=str(folder), **case.thread)
        upstream.script(calling(case.call))
        return client, thread_id

    return start


@pytest.mark.requirement("C8")
@EACH
def test_a_useless_answer_lets_the_turn_go_on(
    begin: Callable[[Case], tuple[Client, str]], upstream: Upstream, case: Case
) -> None:
    client, thread_id = begin(case)
    said = {"what": UNHELPFUL[0]}
    client.on(case.asks, lambda _: said["what"])
    ends: list[JsonValue] = []
    for answer in UNHELPFUL:
        said["what"] = answer
        asked = count(client, case.asks)
        ends.append(run_turn(client, thread_id, "hello", **case.turn).end["status"])
        assert count(client, case.asks) > asked
        upstream.script(calling(case.call))

    assert ends == ["completed"] * len(UNHELPFUL)


@pytest.mark.requirement("C8")
@EACH
def test_silence_ends_with_an_interrupt(
    begin: Callable[[Case], tuple[Client, str]], upstream: Upstream, case: Case
) -> None:
    client, thread_id = begin(case)
    client.on(case.asks, lambda _: SILENCE)
    since = client.mark()
    turn_id = start_turn(client, thread_id, "hello", **case.turn)
    client.wait_for(case.asks, since)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    stopped = finish_turn(client, turn_id, since)
    after = run_turn(client, thread_id)

    assert (stopped.end["status"], after.end["status"]) == ("interrupted", "completed")


@pytest.mark.requirement("C8")
@EACH
def test_silence_ends_with_the_client(
    begin: Callable[[Case], tuple[Client, str]], connect: Connect, case: Case
) -> None:
    client, thread_id = begin(case)
    client.leaves_turns_open = True
    since = client.mark()
    start_turn(client, thread_id, "hello", **case.turn)
    client.wait_for(case.asks, since)

    client.end_input()
    code = client.wait_exit()
    resumed = connect().call("thread/resume", {"threadId": thread_id})["thread"]

    assert code == 0
    assert isinstance(resumed, dict)
    assert isinstance(resumed["turns"], list)
    assert [turn["status"] for turn in resumed["turns"] if isinstance(turn, dict)] == ["interrupted"]
