"""Agents that work for an agent: threads of their own, in the sight of every client (tools.md §12)."""

import json

from pydantic import JsonValue
from support.agents import (
    NOBODY,
    Cast,
    Made,
    agent_calls,
    calls,
    closing,
    gated,
    listed,
    loaded,
    notices,
    of_thread,
    outputs_of,
    parsed,
    spawned,
    spawning,
    waiting,
    without_usage,
)
from support.client import JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_thread, start_turn
from support.upstream import Asked, Gate, Status, Stream, text_reply


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
