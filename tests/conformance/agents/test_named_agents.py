"""Agents of the second form: they have names in a tree, and write to each other (tools.md §12)."""

import json

from pydantic import JsonValue
from support import sse
from support.agents import Cast, agent_calls, calls, items_of, outputs_of, parsed
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.upstream import Asked, Gate, Stream, stream, text_reply

EMPTY: JsonObject = {}
ON: JsonValue = {"features": {"multi_agent_v2": True}, "suppress_unstable_features_warning": True}


def start(client: Client, **config: JsonValue) -> str:
    assert isinstance(ON, dict)
    return start_thread(client, config={**ON, **config})


def spawn(name: str, message: str, **more: JsonValue) -> tuple[str, JsonObject]:
    return ("spawn_agent", {"task_name": name, "message": message, **more})


def letters(asked: Asked) -> list[JsonObject]:
    """What other agents have written to the one who asks."""
    found: list[JsonObject] = []
    for item in items_of(asked):
        content = item.get("content")
        if (
            item.get("role") == "assistant"
            and item.get("phase") == "commentary"
            and isinstance(content, list)
        ):
            found.append(parsed(str(as_object(content[0])["text"])))
    return found


def letter(author: str, recipient: str, content: str, *, starts: bool) -> JsonObject:
    return {
        "author": author,
        "recipient": recipient,
        "other_recipients": [],
        "content": content,
        "trigger_turn": starts,
    }


def news(name: str, said: str) -> str:
    told = json.dumps({"agent_path": name, "status": {"completed": said}}, separators=(",", ":"))
    return f"<subagent_notification>\n{told}\n</subagent_notification>"


def test_an_agent_has_its_task_as_a_letter_and_reports_by_one(connect: Connect, cast: Cast) -> None:
    cast.play(
        "hello", calls(spawn("one", "look")), calls(("wait_agent", EMPTY)), calls(("list_agents", EMPTY))
    )
    cast.play("look", text_reply("found it"))
    client = connect()
    thread_id = start(client)

    turn = run_turn(client, thread_id)

    assert letters(cast.asked("look")[0]) == [letter("/root", "/root/one", "look", starts=True)]
    assert letters(cast.asked("hello")[-1]) == [
        letter("/root/one", "/root", news("/root/one", "found it"), starts=False)
    ]
    started, waited, listed = outputs_of(cast.asked("hello")[-1])
    assert parsed(started)["task_name"] == "/root/one"
    assert waited == '{"message":"Wait completed.","timed_out":false}'
    rows: list[JsonValue] = [
        {"agent_name": "/root", "agent_status": "running", "last_task_message": "Main thread"},
        {"agent_name": "/root/one", "agent_status": {"completed": "found it"}, "last_task_message": "look"},
    ]
    assert parsed(listed) == {"agents": rows}
    agent = cast.thread_id("look")
    tools = [(item["tool"], item["receiverThreadIds"]) for item in agent_calls(turn)]
    assert tools == [("spawnAgent", [agent]), ("wait", [])]
    source = as_object(as_object(client.call("thread/read", {"threadId": agent})["thread"])["source"])
    assert as_object(as_object(source["subAgent"])["thread_spawn"])["agent_path"] == "/root/one"


def test_an_agent_begins_with_as_much_of_the_history_as_is_said(connect: Connect, cast: Cast) -> None:
    client = connect()
    client.leaves_turns_open = True  # some agents may still be at it
    thread_id = start(client)
    run_turn(client, thread_id)
    run_turn(client, thread_id, "second")
    cast.play(
        "hello",
        calls(
            spawn("one", "all of it"),
            spawn("two", "none of it", fork_turns="none"),
            spawn("three", "some of it", fork_turns="2"),
        ),
    )

    run_turn(client, thread_id, "third")

    for task in ("all of it", "none of it", "some of it"):
        cast.wait_asked(task, 1)
    texts = {task: cast.asked(task)[0].input_texts for task in ("all of it", "none of it", "some of it")}
    assert texts == {
        "all of it": ["hello", "second", "third"],
        "none of it": [],
        "some of it": ["second", "third"],
    }


def test_agents_are_given_more_to_do_and_told_things(connect: Connect, cast: Cast) -> None:
    wait = ("wait_agent", EMPTY)
    cast.play(
        "hello",
        calls(spawn("one", "look")),
        calls(wait),
        calls(("send_message", {"target": "one", "message": "by the way"})),
        calls(("followup_task", {"target": "/root/one", "message": "look again"})),
        calls(wait),
    )
    client = connect()
    client.leaves_turns_open = True  # some agents may still be at it

    run_turn(client, start(client))

    cast.wait_asked("look", 2)
    contents = [(one["content"], one["trigger_turn"]) for one in letters(cast.asked("look")[1])]
    assert contents == [("look", True), ("by the way", False), ("look again", True)]
    assert outputs_of(cast.asked("hello")[-1])[2:4] == ["", ""]


def test_what_makes_no_sense_is_answered_in_the_known_words(connect: Connect, cast: Cast) -> None:
    letters_only = "agent_name must use only lowercase letters, digits, and underscores"
    number = "fork_turns must be `none`, `all`, or a positive integer string"
    wanted: list[tuple[str, JsonObject, str]] = [
        ("spawn_agent", {"task_name": "Bad Name", "message": "m"}, letters_only),
        ("spawn_agent", {"task_name": "a", "message": " "}, "Empty message can't be sent to an agent"),
        ("spawn_agent", {"task_name": "a", "message": "m", "fork_turns": "0"}, number),
        ("send_message", {"target": "nobody", "message": "m"}, "live agent path `/root/nobody` not found"),
        ("send_message", {"target": "../x", "message": "m"}, "agent_name `..` is reserved"),
        ("send_message", {"target": "", "message": "m"}, "agent path must not be empty"),
        (
            "send_message",
            {"target": "/bad", "message": "m"},
            "absolute agent paths must start with `/root` or be `/morpheus`",
        ),
        ("followup_task", {"target": "/root", "message": "m"}, "Tasks can't be assigned to the root agent"),
        ("close_agent", {"target": "/root"}, "root is not a spawned agent"),
        ("wait_agent", {"timeout_ms": 1}, "timeout_ms must be at least 10000"),
        ("wait_agent", {"timeout_ms": 9999999}, "timeout_ms must be at most 3600000"),
    ]
    cast.play("hello", calls(*((name, given) for name, given, _ in wanted)))
    client = connect()

    run_turn(client, start(client))

    assert outputs_of(cast.asked("hello")[-1]) == [text for _, _, text in wanted]


def test_two_living_agents_never_have_one_name(connect: Connect, cast: Cast) -> None:
    cast.play(
        "hello",
        calls(
            spawn("one", "look"),
            spawn("one", "look too"),
            ("close_agent", {"target": "one"}),
            spawn("one", "look then"),
        ),
    )
    client = connect()
    client.leaves_turns_open = True  # some agents may still be at it

    run_turn(client, start(client))

    first, second, _, third = outputs_of(cast.asked("hello")[-1])
    assert (parsed(first)["task_name"], parsed(third)["task_name"]) == ("/root/one", "/root/one")
    assert second == "agent path `/root/one` already exists"


def test_four_agents_live_at_a_time_the_root_among_them(connect: Connect, cast: Cast) -> None:
    cast.play("hello", calls(*(spawn(f"a{i}", f"task {i}", fork_turns="none") for i in range(4))))
    client = connect()
    client.leaves_turns_open = True  # some agents may still be at it

    run_turn(client, start(client))

    # They are started beside each other, so whichever is the last has no room.
    outputs = outputs_of(cast.asked("hello")[-1])
    names = [parsed(output).get("task_name") for output in outputs]
    (late,) = [at for at, name in enumerate(names) if name is None]
    assert names == [f"/root/a{at}" if at != late else None for at in range(4)]
    assert outputs[late] == "collab spawn failed: agent thread limit reached"


def test_an_agent_of_an_agent_is_named_after_it_and_ends_with_it(connect: Connect, cast: Cast) -> None:
    gate = Gate()
    cast.play(
        "hello",
        calls(spawn("one", "look", fork_turns="none")),
        calls(("wait_agent", EMPTY)),
        calls(
            ("list_agents", {"path_prefix": "one"}),
            ("close_agent", {"target": "one"}),
            ("list_agents", EMPTY),
        ),
    )
    cast.play("look", calls(spawn("deep", "look deep", fork_turns="none")))
    cast.play("look deep", stream(*sse.message("slow"), gate, sse.completed()))
    client = connect()

    run_turn(client, start(client))
    gate.open()

    before, _, after = outputs_of(cast.asked("hello")[-1])[2:]
    assert _names(before) == ["/root/one", "/root/one/deep"]
    assert _names(after) == ["/root"]


def _names(output: str) -> list[JsonValue]:
    rows = parsed(output)["agents"]
    assert isinstance(rows, list)
    return [as_object(row)["agent_name"] for row in rows]


def test_news_does_not_keep_a_turn_from_ending(connect: Connect, cast: Cast) -> None:
    gate = Gate()

    def meanwhile(_: Asked) -> Stream:
        return stream(*sse.message("I end"), gate, sse.completed())

    cast.play("hello", calls(spawn("one", "look")), meanwhile)
    client = connect()
    thread_id = start(client)
    since = client.mark()
    client.request("turn/start", {"threadId": thread_id, "input": [{"type": "text", "text": "hello"}]})
    client.wait_for("turn/completed", since, threadId=cast.thread_id("look"))
    client.settle()
    gate.open()
    client.wait_for("turn/completed", since, threadId=thread_id)
    client.settle()
    assert len(cast.asked("hello")) == 2

    run_turn(client, thread_id, "next")

    assert [one["author"] for one in letters(cast.asked("hello")[-1])] == ["/root/one"]


def test_each_agent_is_told_how_to_work_with_others(connect: Connect, cast: Cast) -> None:
    cast.play("hello", calls(spawn("one", "look", fork_turns="none")), calls(("wait_agent", EMPTY)))
    client = connect()
    hints: JsonValue = {
        "enabled": True,
        "root_agent_usage_hint_text": "You lead.",
        "subagent_usage_hint_text": "You follow.",
    }
    thread_id = start_thread(client, config={"features": {"multi_agent_v2": hints}})

    run_turn(client, thread_id)

    for task, hint, other in (("hello", "You lead.", "You follow."), ("look", "You follow.", "You lead.")):
        texts = json.dumps(cast.asked(task)[0].json["input"])
        assert (hint in texts, other in texts) == (True, False)
