"""Agents that work for an agent: threads of their own, in the sight of every client (tools.md §12)."""

import json
import sys

import pytest
from pydantic import JsonValue
from support import sse
from support.agents import (
    Cast,
    Made,
    agent_calls,
    calls,
    closing,
    notices,
    of_thread,
    outputs_of,
    parsed,
    spawned,
    spawning,
    waiting,
)
from support.calls import calling
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, start_turn
from support.home import write_chatgpt_login, write_config
from support.processes import assert_gone, running_below
from support.shape import shape
from support.upstream import Asked, Gate, Status, Stream, Upstream, stream, text_reply

NOBODY = "00000000-0000-7000-8000-000000000000"
USAGE = ("tokens", "limits")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


@pytest.fixture
def cast(upstream: Upstream) -> Cast:
    return Cast(upstream)


def listed(client: Client, **params: JsonValue) -> list[JsonObject]:
    data = client.call("thread/list", params)["data"]
    assert isinstance(data, list)
    return [as_object(one) for one in data]


def loaded(client: Client) -> set[str]:
    data = client.call("thread/loaded/list", {})["data"]
    assert isinstance(data, list)
    return {str(one) for one in data}


def gated(text: str, gate: Gate) -> Stream:
    return stream(*sse.message(text), gate, sse.completed())


def without_usage(messages: list[JsonObject]) -> list[str]:
    return [one for one in shape(messages) if one not in USAGE]


def test_an_agent_is_started_waited_for_and_closed(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"), waiting, closing, text_reply("all done"))
    cast.play("look", text_reply("found it"))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    agent = cast.thread_id("look")
    common: JsonObject = {"type": "collabAgentToolCall", "id": "call-0", "senderThreadId": thread_id}
    nothing: JsonObject = {"prompt": None, "model": None, "reasoningEffort": None}
    state: JsonObject = {agent: {"status": "completed", "message": "found it"}}
    assert agent_calls(turn) == [
        common
        | {"tool": "spawnAgent", "status": "completed", "receiverThreadIds": [agent], "prompt": "look"}
        | {"model": "gpt-5.5", "reasoningEffort": "medium"}
        | {"agentsStates": {agent: {"status": "pendingInit", "message": None}}},
        common
        | {"tool": "wait", "status": "completed", "receiverThreadIds": [agent], **nothing}
        | {"agentsStates": state},
        common
        | {"tool": "closeAgent", "status": "completed", "receiverThreadIds": [agent], **nothing}
        | {"agentsStates": state},
    ]
    spawn, wait, close = outputs_of(cast.asked("hello")[-1])
    nickname = parsed(spawn)["nickname"]
    assert spawn == json.dumps({"agent_id": agent, "nickname": nickname}, separators=(",", ":"))
    assert wait == f'{{"status":{{"{agent}":{{"completed":"found it"}}}},"timed_out":false}}'
    assert close == '{"previous_status":{"completed":"found it"}}'
    assert loaded(client) == {thread_id}


def test_every_client_sees_the_agents_turn(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"), waiting)
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    events = without_usage(of_thread(turn.messages, cast.thread_id("look")))
    assert events == [
        *("status:idle", "status:active", "turn/started", "+userMessage", "-userMessage"),
        *("+agentMessage", "Δ", "-agentMessage", "status:idle", "turn:completed"),
    ]
    started = [
        as_object(as_object(one["params"])["thread"])["id"]
        for one in turn.messages
        if one.get("method") == "thread/started"
    ]
    assert started == []


def test_a_call_is_seen_to_begin_with_what_the_model_asked_for(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look", model="gpt-5.4", reasoning_effort="low"), waiting)
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    spawn, wait = agent_calls(turn, "item/started")
    assert spawn == {
        "type": "collabAgentToolCall",
        "id": "call-0",
        "tool": "spawnAgent",
        "status": "inProgress",
        "senderThreadId": thread_id,
        "receiverThreadIds": [],
        "prompt": "look",
        "model": "gpt-5.4",
        "reasoningEffort": "low",
        "agentsStates": {},
    }
    assert wait["receiverThreadIds"] == [cast.thread_id("look")]
    request = cast.asked("look")[0].json
    assert request["model"] == "gpt-5.4"
    assert as_object(request["reasoning"])["effort"] == "low"


def test_an_agents_requests_say_whose_it_is(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"), waiting)
    client = connect()
    thread_id = start_thread(client)

    run_turn(client, thread_id)

    asked = cast.asked("look")[0]
    agent = cast.thread_id("look")
    assert asked.headers["session-id"].decode() == thread_id
    assert asked.headers["x-openai-subagent"] == b"collab_spawn"
    assert asked.headers["x-codex-parent-thread-id"].decode() == thread_id
    metadata = json.loads(asked.headers["x-codex-turn-metadata"])
    assert (metadata["session_id"], metadata["thread_id"]) == (thread_id, agent)
    assert metadata["thread_source"] == "subagent"
    tools = asked.json["tools"]
    assert isinstance(tools, list)
    assert "spawn_agent" not in [as_object(tool).get("name") for tool in tools]


def test_an_agent_is_listed_and_read_as_one(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"), waiting)
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    agent = cast.thread_id("look")

    spawn: JsonObject = {"parent_thread_id": thread_id, "depth": 1, "agent_path": None, "agent_role": None}
    (row,) = listed(client, sourceKinds=["subAgentThreadSpawn"])
    thread = as_object(client.call("thread/read", {"threadId": agent})["thread"])
    source = as_object(as_object(thread["source"])["subAgent"])

    assert row["id"] == agent
    assert [one["id"] for one in listed(client, sourceKinds=["subAgent"])] == [agent]
    assert [one["id"] for one in listed(client)] == [thread_id]
    assert listed(client, sourceKinds=["subAgentReview", "subAgentOther"]) == []
    assert thread["agentNickname"]
    assert as_object(source["thread_spawn"]) == {**spawn, "agent_nickname": thread["agentNickname"]}


def test_what_makes_no_sense_is_answered_in_the_known_words(connect: Connect, cast: Cast) -> None:
    bad = "Full-history forked agents inherit the parent agent type, model, and reasoning effort; omit "
    bad += "agent_type, model, and reasoning_effort, or spawn without a full-history fork."
    minimal = "Reasoning effort `minimal` is not supported for model `gpt-5.4`. "
    minimal += "Supported reasoning efforts: low, medium, high, xhigh"
    not_found = f"agent with id {NOBODY} not found"
    no_id = "invalid agent id x: Error(ParseChar { character: 'x', index: 1 })"
    wanted: list[tuple[str, JsonObject, str]] = [
        ("spawn_agent", {}, "Provide one of: message or items"),
        ("spawn_agent", {"message": "a", "items": []}, "Provide either message or items, but not both"),
        ("spawn_agent", {"message": "  "}, "Empty message can't be sent to an agent"),
        ("spawn_agent", {"items": []}, "Items can't be empty"),
        ("spawn_agent", {"message": "m", "agent_type": "nope"}, "unknown agent_type 'nope'"),
        (
            "spawn_agent",
            {"message": "m", "model": "gpt-5.4", "reasoning_effort": "minimal"},
            minimal,
        ),
        (
            "spawn_agent",
            {"message": "m", "service_tier": "nope"},
            "Service tier `nope` is not supported for model `gpt-5.5`. Supported service tiers: priority",
        ),
        ("spawn_agent", {"message": "m", "agent_type": "explorer", "fork_context": True}, bad),
        ("send_input", {"target": "x", "message": "m"}, no_id),
        ("send_input", {"target": NOBODY, "message": "m"}, not_found),
        ("send_input", {"target": NOBODY}, "Provide one of: message or items"),
        ("wait_agent", {"targets": []}, "agent ids must be non-empty"),
        ("wait_agent", {}, "agent ids must be non-empty"),
        ("wait_agent", {"targets": ["x"]}, no_id),
        ("wait_agent", {"targets": [NOBODY], "timeout_ms": -1}, "timeout_ms must be greater than zero"),
        (
            "wait_agent",
            {"targets": [NOBODY]},
            f'{{"status":{{"{NOBODY}":"not_found"}},"timed_out":false}}',
        ),
        ("close_agent", {"target": "x"}, no_id),
        ("close_agent", {"target": ""}, "invalid agent id : Error(ParseSimpleLength { len: 0 })"),
        ("close_agent", {"target": NOBODY}, not_found),
        ("resume_agent", {"id": NOBODY}, not_found),
    ]
    cast.play("hello", calls(*((name, given) for name, given, _ in wanted)))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert outputs_of(cast.asked("hello")[-1]) == [text for _, _, text in wanted]
    missing = [item for item in agent_calls(turn) if item["receiverThreadIds"] == [NOBODY]]
    assert {str(item["status"]) for item in missing} == {"failed"}
    assert all(item["agentsStates"] == {NOBODY: {"status": "notFound", "message": None}} for item in missing)


def test_an_unknown_model_is_answered_with_those_that_there_are(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look", model="nope"))
    client = connect()

    run_turn(client, start_thread(client))

    (output,) = outputs_of(cast.asked("hello")[-1])
    assert output.startswith("Unknown model `nope` for spawn_agent. Available models: gpt-5.5, gpt-5.4")


def test_an_agent_is_told_more_and_interrupted_for_it(connect: Connect, cast: Cast) -> None:
    gate = Gate()

    def say(message: str, **more: JsonValue) -> Made:
        return lambda asked: calls(("send_input", {"target": spawned(asked)[0], "message": message, **more}))

    def interrupting(asked: Asked) -> Stream:
        gate.wait_reached()
        return calls(("send_input", {"target": spawned(asked)[0], "message": "at once", "interrupt": True}))

    cast.play("hello", spawning("look"), waiting, say("go on"), interrupting, waiting)
    cast.play("look", text_reply("first"), gated("second", gate), text_reply("third"))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)
    gate.open()

    agent = cast.thread_id("look")
    ends = [as_object(one["turn"]) for one in turn.params("turn/completed") if one["threadId"] == agent]
    assert [one["status"] for one in ends] == ["completed", "interrupted", "completed"]
    assert cast.asked("look")[2].input_texts == ["look", "go on", "at once"]
    submitted = [parsed(output).get("submission_id") for output in outputs_of(cast.asked("hello")[-1])]
    assert [one for one in submitted if one] == [ends[1]["id"], ends[2]["id"]]


def test_what_is_told_to_a_running_agent_steers_it(connect: Connect, cast: Cast) -> None:
    gate = Gate()

    def steering(asked: Asked) -> Stream:
        gate.wait_reached()
        return calls(("send_input", {"target": spawned(asked)[0], "message": "and that"}))

    def opening(asked: Asked) -> Stream:
        gate.open()
        return waiting(asked)

    cast.play("hello", spawning("look"), steering, opening)
    cast.play("look", gated("this", gate), text_reply("this and that"))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    agent = cast.thread_id("look")
    assert len([one for one in turn.params("turn/started") if one["threadId"] == agent]) == 1
    assert cast.asked("look")[1].input_texts == ["look", "and that"]
    assert agent_calls(turn)[1]["agentsStates"] == {agent: {"status": "running", "message": None}}


def test_news_of_an_agent_prolongs_the_turn(connect: Connect, cast: Cast) -> None:
    gate = Gate()
    cast.play("hello", spawning("look"), gated("meanwhile", gate), text_reply("heard of it"))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for("turn/completed", since, threadId=cast.thread_id("look"))
    client.settle()
    gate.open()

    finish_turn(client, turn_id, since)

    agent = cast.thread_id("look")
    assert len(cast.asked("hello")) == 3
    assert notices(cast.asked("hello")[-1]) == [{"agent_path": agent, "status": {"completed": "done"}}]


def test_news_of_an_agent_waits_for_the_next_turn(connect: Connect, cast: Cast) -> None:
    gate = Gate()
    cast.play("hello", spawning("look"), text_reply("I go"))
    cast.play("look", gated("late", gate))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()
    gate.open()
    agent = cast.thread_id("look")
    client.wait_for("turn/completed", since, threadId=agent)
    client.settle()
    assert len(cast.asked("hello")) == 2

    run_turn(client, thread_id, "and now?")

    assert notices(cast.asked("hello")[-1]) == [{"agent_path": agent, "status": {"completed": "late"}}]


def test_a_failed_agent_says_why(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"), waiting)
    cast.play("look", Status(400, {"error": {"message": "no such thing"}}))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    agent = cast.thread_id("look")
    status = parsed(outputs_of(cast.asked("hello")[-1])[1])["status"]
    assert list(as_object(as_object(status)[agent])) == ["errored"]
    wait = agent_calls(turn)[1]
    assert wait["status"] == "failed"
    assert as_object(as_object(wait["agentsStates"])[agent])["status"] == "errored"


def test_an_agent_asks_the_client_and_is_told_so(connect: Connect, cast: Cast) -> None:
    cast.play("hello", spawning("look"), waiting)
    cast.play("look", calls(("exec_command", {"cmd": "echo > x", "login": False})))
    client = connect()
    asked: list[JsonObject] = []

    def accept(params: JsonObject) -> JsonValue:
        asked.append(params)
        return {"decision": "decline"}

    client.on("item/commandExecution/requestApproval", accept)
    thread_id = start_thread(client, approvalPolicy="untrusted", sandbox="danger-full-access")

    turn = run_turn(client, thread_id)

    agent = cast.thread_id("look")
    assert [one["threadId"] for one in asked] == [agent]
    flags = [
        as_object(one["status"]).get("activeFlags")
        for one in turn.params("thread/status/changed")
        if one["threadId"] == agent
    ]
    assert ["waitingOnApproval"] in flags
    assert len(outputs_of(cast.asked("look")[-1])) == 1


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
