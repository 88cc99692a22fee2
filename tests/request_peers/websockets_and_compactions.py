"""Sessions over websockets, and those in which a history is compacted."""

from request_peers.stage import FREE, SOCKETS, Stage, calling, compact, saying
from support import sse
from support.conversation import run_turn, start_thread
from support.upstream import Cut, stream, text_reply


def websocket(stage: Stage) -> None:
    """Warmed up, continued, with another effort, broken off once."""
    stage.upstream.responses.speak_websocket()
    client = stage.client(provider=SOCKETS, extra=FREE)
    thread_id = start_thread(client)
    stage.upstream.responses.warm_ups.wait_asked(1)
    stage.upstream.script(calling(sse.call("no_such_tool", {"a": 1})), saying())
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")
    run_turn(client, thread_id, "three", effort="high")
    stage.upstream.script(stream(sse.created(), Cut()))
    run_turn(client, thread_id, "four")


def websocket_given_up(stage: Stage) -> None:
    """A provider that takes upgrades and breaks every answer off, until HTTP takes its place."""
    stage.upstream.responses.speak_websocket()
    client = stage.client(provider=SOCKETS)
    thread_id = start_thread(client)
    stage.upstream.responses.warm_ups.wait_asked(1)
    stage.upstream.script(stream(sse.created(), Cut()), stream(sse.created(), Cut()))
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")


def websocket_refused(stage: Stage) -> None:
    client = stage.client(provider=SOCKETS)
    run_turn(client, start_thread(client), "one")


def websocket_compacted(stage: Stage) -> None:
    stage.upstream.responses.speak_websocket()
    client = stage.client(provider=SOCKETS, name="OpenAI")
    thread_id = start_thread(client)
    stage.upstream.responses.warm_ups.wait_asked(1)
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_by_prompt(stage: Stage) -> None:
    client = stage.client()
    thread_id = start_thread(client)
    stage.upstream.script(text_reply("one"), text_reply("a summary"))
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_by_endpoint(stage: Stage) -> None:
    client = stage.client(name="OpenAI")
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_in_an_answer(stage: Stage) -> None:
    """The newer way, within a turn and on its own."""
    extra = "model_auto_compact_token_limit = 20000\nfeatures.remote_compaction_v2 = true\n" + FREE
    client = stage.client(name="OpenAI", extra=extra)
    thread_id = start_thread(client)
    mark = sse.item_done({"type": "compaction", "id": "cmp_1", "encrypted_content": "short"})
    called = sse.call("exec_command", {"cmd": "echo hi"})
    stage.upstream.script(
        stream(sse.created(), called, sse.completed(input_tokens=30000)),
        calling(mark),
        saying(),
        calling(mark),
    )
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_within_a_turn(stage: Stage) -> None:
    client = stage.client(extra="model_auto_compact_token_limit = 20000\n" + FREE)
    thread_id = start_thread(client)
    called = sse.call("exec_command", {"cmd": "echo hi"})
    stage.upstream.script(
        stream(sse.created(), called, sse.completed(input_tokens=30000)), text_reply("a summary"), saying()
    )
    run_turn(client, thread_id, "one")


def compaction_before_a_turn(stage: Stage) -> None:
    client = stage.client(name="OpenAI", extra="model_auto_compact_token_limit = 20000")
    thread_id = start_thread(client)
    stage.upstream.script(stream(*sse.message("long"), sse.completed(input_tokens=30000)))
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")
