"""How agents end and come back, how many there may be, and what they take over (tools.md §12)."""

import json
import sys

import pytest
from pydantic import JsonValue
from support import sse
from support.agents import (
    NOBODY,
    Cast,
    agent_calls,
    calls,
    closing,
    gated,
    listed,
    loaded,
    notices,
    of_thread,
    outputs_of,
    spawned,
    spawning,
    waiting,
    without_usage,
)
from support.calls import calling
from support.client import JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, start_turn
from support.home import write_chatgpt_login, write_config
from support.processes import assert_gone, running_below
from support.shape import shape
from support.upstream import Asked, Gate, Stream, Upstream, text_reply

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


def test_agents_go_on_when_the_turn_that_started_them_is_interrupted(connect: Connect, cast: Cast) -> None:
    gate = Gate()
    cast.play("hello", spawning("look"), waiting)
    cast.play("look", gated("slow", gate))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    gate.wait_reached()
    cast.wait_asked("hello", 2)
    client.wait(
        lambda one: "-".join(shape([one])) == "+collabAgentToolCall" and "wait" in json.dumps(one), since
    )

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    finish_turn(client, turn_id, since)
    agent = cast.thread_id("look")
    assert loaded(client) == {thread_id, agent}
    gate.open()
    end = as_object(client.wait_for("turn/completed", since, threadId=agent)["turn"])

    assert end["status"] == "completed"


def test_closing_an_agent_ends_its_turn(connect: Connect, cast: Cast) -> None:
    gate = Gate()

    def close(asked: Asked) -> Stream:
        gate.wait_reached()
        return closing(asked)

    cast.play("hello", spawning("look"), close, waiting)
    cast.play("look", gated("slow", gate))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)
    gate.open()

    agent = cast.thread_id("look")
    assert without_usage(of_thread(turn.messages, agent))[-3:] == [
        "status:idle",
        "turn:interrupted",
        "status:notLoaded",
    ]
    assert outputs_of(cast.asked("hello")[-1])[1:] == [
        '{"previous_status":"running"}',
        f'{{"status":{{"{agent}":"not_found"}},"timed_out":false}}',
    ]
    assert notices(cast.asked("hello")[-1]) == [{"agent_path": agent, "status": "shutdown"}]


def test_a_closed_agent_comes_back(connect: Connect, cast: Cast) -> None:
    def resume(asked: Asked) -> Stream:
        agent = spawned(asked)[0]
        return calls(("resume_agent", {"id": agent}), ("send_input", {"target": agent, "message": "again"}))

    cast.play("hello", spawning("look"), waiting, closing, resume, waiting)
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    agent = cast.thread_id("look")
    assert outputs_of(cast.asked("hello")[-1])[3] == '{"status":"pending_init"}'
    assert cast.asked("look")[1].input_texts == ["look", "again"]
    assert agent_calls(turn)[3] | {"id": ""} == {
        "type": "collabAgentToolCall",
        "id": "",
        "tool": "resumeAgent",
        "status": "completed",
        "senderThreadId": thread_id,
        "receiverThreadIds": [agent],
        "prompt": None,
        "model": None,
        "reasoningEffort": None,
        "agentsStates": {agent: {"status": "pendingInit", "message": None}},
    }
    assert len(notices(cast.asked("hello")[-1])) == 2


def test_agents_come_back_after_a_restart(connect: Connect, cast: Cast) -> None:
    def resume(asked: Asked) -> Stream:
        return calls(("resume_agent", {"id": spawned(asked)[0]}), ("wait_agent", {"targets": [NOBODY]}))

    cast.play("hello", spawning("look"), waiting)
    first = connect()
    thread_id = start_thread(first)
    run_turn(first, thread_id)
    first.close()
    client = connect()
    client.call("thread/resume", {"threadId": thread_id})
    assert loaded(client) == {thread_id}

    cast.play("hello", resume)
    run_turn(client, thread_id, "back?")

    assert loaded(client) == {thread_id, cast.thread_id("look")}


def test_only_so_many_agents_live_at_a_time(connect: Connect, cast: Cast) -> None:
    def closing(asked: Asked) -> Stream:
        return calls(("close_agent", {"target": spawned(asked)[0]}))

    # One response after the other: the calls of one run beside each other.
    cast.play("hello", spawning("one", "two"), spawning("too many"), closing, spawning("there is room"))
    client = connect()
    client.leaves_turns_open = True  # some agents may still be at it
    thread_id = start_thread(client, config={"agents": {"max_threads": 2}})

    turn = run_turn(client, thread_id)

    full = "collab spawn failed: agent thread limit reached"
    outputs = outputs_of(cast.asked("hello")[-1])
    assert [output == full for output in outputs] == [False, False, True, False, False]
    assert agent_calls(turn)[2]["status"] == "failed"


@pytest.mark.parametrize("key", ["max_threads", "max_depth", "job_max_runtime_seconds"])
def test_limits_that_allow_no_agent_are_refused(connect: Connect, key: str) -> None:
    refusal = connect().refusal("thread/start", {"config": {f"agents.{key}": 0}})

    assert refusal.message == f"failed to load configuration: agents.{key} must be at least 1"


def test_agents_have_agents_as_deep_as_the_settings_say(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("one"), waiting)
    cast.play("one", spawning("two"), waiting)
    cast.play("two", spawning("three"))
    client = connect()
    thread_id = start_thread(client, config={"agents": {"max_depth": 2}})

    run_turn(client, thread_id)

    assert cast.asked("two")[0].headers["session-id"].decode() == thread_id
    assert cast.asked("two")[0].headers["x-codex-parent-thread-id"].decode() == cast.thread_id("one")
    assert outputs_of(cast.asked("two")[-1]) in (
        ["unsupported call: spawn_agent"],
        ["Agent depth limit reached. Solve the task yourself."],
    )
    assert cast.asked("three") == []


def test_closing_an_agent_closes_those_under_it(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("one"), waiting, closing)
    cast.play("one", spawning("two"), waiting)
    client = connect()
    thread_id = start_thread(client, config={"agents": {"max_depth": 2}})

    run_turn(client, thread_id)

    assert loaded(client) == {thread_id}


def test_an_agent_has_the_settings_of_its_role(connect: Connect, cast: Cast) -> None:
    role = connect.home / "tester.toml"
    role.write_text(
        'name = "tester"\ndescription = "d"\nmodel = "gpt-5.4"\nmodel_reasoning_effort = "low"\n'
        'sandbox_mode = "danger-full-access"\ndeveloper_instructions = "You test."\n'
    )
    config: JsonValue = {
        "description": "tests",
        "config_file": str(role),
        "nickname_candidates": ["Uno"],
    }
    cast.play("hello", spawning("look", agent_type="tester"), waiting)
    client = connect()
    agents: JsonValue = {"tester": config}
    thread_id = start_thread(client, config={"agents": agents})

    turn = run_turn(client, thread_id)

    request = cast.asked("look")[0].json
    assert request["model"] == "gpt-5.4"
    assert as_object(request["reasoning"])["effort"] == "low"
    texts = json.dumps(request["input"])
    assert "You test." in texts
    assert "`sandbox_mode` is `read-only`" in texts
    assert agent_calls(turn)[0]["model"] == "gpt-5.4"
    (row,) = listed(client, sourceKinds=["subAgent"])
    assert (row["agentRole"], row["agentNickname"]) == ("tester", "Uno")


def test_an_agent_can_begin_with_what_was_said(connect: Connect, cast: Cast) -> None:
    cast.play("hello", text_reply("an answer"))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    cast.play("hello", spawning("look", fork_context=True), waiting)

    run_turn(client, thread_id, "second")

    asked = cast.asked("look")[0]
    assert asked.input_texts == ["hello", "second", "look"]
    assert outputs_of(asked) == []
    thread = as_object(client.call("thread/read", {"threadId": cast.thread_id("look")})["thread"])
    assert thread["forkedFromId"] == thread_id


def test_an_agent_of_a_thread_that_is_not_kept_is_not_kept_either(connect: Connect, cast: Cast) -> None:
    client = connect()
    thread_id = start_thread(client, ephemeral=True)
    run_turn(client, thread_id)
    cast.play("hello", spawning("look", fork_context=True), waiting)

    run_turn(client, thread_id, "second")

    assert cast.asked("look")[0].input_texts == ["hello", "second", "look"]
    assert listed(client, sourceKinds=["subAgent", "vscode"]) == []
    thread = as_object(client.call("thread/read", {"threadId": cast.thread_id("look")})["thread"])
    assert (thread["ephemeral"], thread["path"]) == (True, None)


def test_archiving_a_thread_archives_its_agents(connect: Connect, cast: Cast) -> None:
    gate = Gate()
    cast.play("hello", spawning("look"))
    cast.play("look", gated("slow", gate))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    gate.wait_reached()
    agent = cast.thread_id("look")
    since = client.mark()

    client.call("thread/archive", {"threadId": thread_id})
    client.wait_for("thread/archived", since, threadId=agent)
    gate.open()

    told = [
        as_object(one["params"]).get("threadId")
        for one in client.received[since:]
        if one.get("method") == "thread/archived"
    ]
    assert told == [thread_id, agent]
    assert loaded(client) == set()
    rows = listed(client, archived=True, sourceKinds=["subAgent", "vscode"])
    assert {id_of(row) for row in rows} == {thread_id, agent}


def test_an_agents_requests_are_attested_as_any_others(
    connect: Connect, upstream: Upstream, cast: Cast
) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=True, extra="[attestation]\ntimeout_ms = 10000")
    write_chatgpt_login(connect.home)
    cast.play("hello", spawning("look"), waiting)
    client = connect(requestAttestation=True)
    asked: list[JsonObject] = []

    def attest(params: JsonObject) -> JsonValue:
        asked.append(params)
        return {"token": "t"}

    client.on("attestation/generate", attest)

    run_turn(client, start_thread(client))

    assert cast.asked("look")[0].headers["x-oai-attestation"] == b'{"v":1,"s":0,"t":"t"}'
    assert len(asked) == len(cast.asked("hello")) + len(cast.asked("look"))


@POSIX
def test_nothing_of_an_agent_outlives_the_server(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"))
    cast.play("look", calls(("exec_command", {"cmd": "sleep 1000", "login": False})))
    client = connect()
    run_turn(client, start_thread(client, approvalPolicy="never", sandbox="danger-full-access"))
    processes = running_below(client)
    client.leaves_turns_open = True

    client.close()

    assert processes
    assert_gone(processes)


def test_what_was_done_with_agents_is_there_after_a_restart(connect: Connect, cast: Cast) -> None:
    def wait(asked: Asked) -> Stream:
        return calling(sse.call("wait_agent", {"targets": list[JsonValue](spawned(asked))}, "later"))

    cast.play("hello", spawning("look"), wait)
    first = connect()
    thread_id = start_thread(first)
    live = agent_calls(run_turn(first, thread_id))
    first.close()

    read = connect().call("thread/read", {"threadId": thread_id, "includeTurns": True})

    turns = as_object(read["thread"])["turns"]
    assert isinstance(turns, list)
    items = as_object(turns[0])["items"]
    assert isinstance(items, list)
    kept = [as_object(item) for item in items]
    assert [item["tool"] for item in kept if item["type"] == "collabAgentToolCall"] == ["spawnAgent", "wait"]
    assert [item["receiverThreadIds"] for item in kept if item["type"] == "collabAgentToolCall"] == [
        item["receiverThreadIds"] for item in live
    ]
