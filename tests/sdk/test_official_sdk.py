# pyright: basic, reportMissingImports=false
# The SDK is there only with the `peers` extra, so strict checking would fail without it.
"""What the official Python SDK does with a server (services.md §12.3), on ours and on the reference."""

from importlib.util import find_spec

import pytest
from support import sse
from support.upstream import Gate, Status, stream, text_reply

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(
        find_spec("openai_codex") is None, reason="the official SDK is not here: pip install .[peers]"
    ),
    # The SDK leaves its pipes to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def kinds(items) -> list[str]:
    return [item.root.type for item in items]


def held_reply(gate: Gate):
    """A message that stops streaming in its middle until the gate opens."""
    opened = [sse.created(), sse.message_opened(), sse.delta("first half, ")]
    closed = [sse.delta("second half"), sse.message_done("first half, second half"), sse.completed()]
    return stream(*opened, gate, *closed)


def test_the_handshake_names_a_server_and_a_version(connect):
    codex = connect()

    assert codex.metadata.serverInfo.name == "codex_python_sdk"
    assert [part.isdigit() for part in codex.metadata.serverInfo.version.split()[0].split(".")] == [True] * 3


def test_models_are_listed_with_one_default(connect):
    models = connect().models().data

    assert [model.is_default for model in models].count(True) == 1
    assert all(model.supported_reasoning_efforts for model in models)


def test_no_account_is_needed_for_a_provider_of_ones_own(connect):
    answer = connect().account()

    assert (answer.account, answer.requires_openai_auth) == (None, False)


def test_a_turn_brings_back_the_final_answer_its_items_and_its_usage(connect, upstream):
    upstream.script(text_reply("Hello there.", deltas=["Hello ", "there."]))
    thread = connect().thread_start()

    result = thread.run("hi")

    assert (result.status.value, result.error, result.final_response) == ("completed", None, "Hello there.")
    assert kinds(result.items) == ["userMessage", "agentMessage"]
    assert (result.usage.total.total_tokens, result.usage.last.cached_input_tokens) == (13, 2)
    assert upstream.asked[0].input_texts == ["hi"]


def test_a_streamed_turn_shows_its_deltas_in_order(connect, upstream):
    upstream.script(text_reply("abc", deltas=["a", "b", "c"]))
    turn = connect().thread_start().turn("spell")

    events = list(turn.stream())

    deltas = [event.payload.delta for event in events if event.method == "item/agentMessage/delta"]
    assert deltas == ["a", "b", "c"]
    assert (events[0].method, events[-1].method) == ("turn/started", "turn/completed")


def test_a_refused_request_upstream_fails_the_turn_with_its_text(connect, upstream):
    upstream.script(Status(400, "that makes no sense"))
    thread = connect().thread_start()

    with pytest.raises(RuntimeError, match="that makes no sense"):
        thread.run("hi")


def test_a_steer_reaches_the_model_within_the_same_turn(connect, upstream):
    gate = Gate()
    upstream.script(held_reply(gate), text_reply("as you wish"))
    turn = connect().thread_start().turn("begin")
    gate.wait_reached()

    steered = turn.steer("and now this")
    gate.open()
    result = turn.run()

    assert steered.turn_id == turn.id == result.id
    assert result.final_response == "as you wish"
    assert kinds(result.items) == ["userMessage", "agentMessage", "userMessage", "agentMessage"]
    assert upstream.asked[1].input_texts == ["begin", "and now this"]


def test_an_interrupt_ends_the_turn_as_interrupted(connect, upstream):
    gate = Gate()
    upstream.script(held_reply(gate), text_reply("back again"))
    thread = connect().thread_start()
    turn = thread.turn("begin")
    gate.wait_reached()

    turn.interrupt()
    result = turn.run()

    assert (result.status.value, result.error) == ("interrupted", None)
    gate.open()
    assert thread.run("again").final_response == "back again"


def test_a_thread_is_resumed_by_another_process_with_all_it_said(connect, upstream):
    upstream.script(text_reply("blue"), text_reply("I said blue"))
    first = connect()
    thread = first.thread_start()
    thread.run("a colour?")
    first.close()

    resumed = connect().thread_resume(thread.id)
    result = resumed.run("which one?")

    assert resumed.id == thread.id
    assert result.final_response == "I said blue"
    assert upstream.asked[1].input_texts == ["a colour?", "which one?"]


def test_a_fork_goes_its_own_way(connect, upstream):
    upstream.script(text_reply("one"), text_reply("two"), text_reply("three"))
    codex = connect()
    thread = codex.thread_start()
    thread.run("count")

    fork = codex.thread_fork(thread.id)
    fork.run("on")
    thread.run("elsewhere")

    assert fork.id != thread.id
    assert upstream.asked[1].input_texts == ["count", "on"]
    assert upstream.asked[2].input_texts == ["count", "elsewhere"]


def test_a_thread_is_read_with_its_turns(connect, upstream):
    upstream.script(text_reply("red"))
    thread = connect().thread_start()
    thread.run("a colour?")

    read = thread.read(include_turns=True).thread

    assert (read.id, read.preview, len(read.turns)) == (thread.id, "a colour?", 1)
    assert read.turns[0].status.value == "completed"
    assert kinds(read.turns[0].items) == ["userMessage", "agentMessage"]


def test_threads_are_listed_newest_first_and_none_without_a_turn(connect, upstream):
    codex = connect()
    older, newer, silent = codex.thread_start(), codex.thread_start(), codex.thread_start()
    older.run("older")
    newer.run("newer")

    listed = codex.thread_list().data

    assert [thread.id for thread in listed] == [newer.id, older.id]
    assert silent.id not in [thread.id for thread in listed]
    assert [thread.preview for thread in codex.thread_list(search_term="older").data] == ["older"]


def test_an_archived_thread_leaves_the_list_until_it_is_brought_back(connect):
    codex = connect()
    thread = codex.thread_start()
    thread.run("hi")

    codex.thread_archive(thread.id)
    while_archived = (
        [one.id for one in codex.thread_list().data],
        [one.id for one in codex.thread_list(archived=True).data],
    )
    codex.thread_unarchive(thread.id)

    assert while_archived == ([], [thread.id])
    assert [one.id for one in codex.thread_list().data] == [thread.id]


def test_a_name_is_kept(connect):
    codex = connect()
    thread = codex.thread_start()
    thread.run("hi")

    thread.set_name("A fine thread")

    assert thread.read().thread.name == "A fine thread"
    assert [one.name for one in codex.thread_list().data] == ["A fine thread"]


async def test_the_asynchronous_client_runs_a_turn(sdk_config, upstream):
    from openai_codex import AsyncCodex

    upstream.script(text_reply("quite"))

    async with AsyncCodex(sdk_config) as codex:
        result = await (await codex.thread_start()).run("asynchronous?")

    assert result.final_response == "quite"


@pytest.mark.parametrize("call", ["thread_resume", "thread_archive", "thread_unarchive", "thread_fork"])
def test_an_unknown_thread_is_refused_as_an_invalid_request(connect, call):
    from openai_codex.errors import InvalidRequestError

    codex = connect()

    with pytest.raises(InvalidRequestError):
        getattr(codex, call)("01900000-0000-7000-8000-000000000000")


@pytest.mark.parametrize("server", ["ours"], indirect=True)  # the SDK asks this of newer servers only
def test_an_external_message_is_answered_and_a_turn_may_have_its_own_source_and_tier(connect, upstream):
    from openai_codex import ExternalMessage

    upstream.script(text_reply("I see."), text_reply("Quickly."), text_reply("As ever."))
    thread = connect().thread_start()

    brought = thread.run(ExternalMessage("mailer", "You have mail."))
    thread.run("hurry", source="alarm", turn_service_tier="fast")
    thread.run("no hurry")

    assert kinds(brought.items) == ["functionCallOutput", "agentMessage"]
    assert brought.final_response == "I see."
    assert [asked.json.get("service_tier") for asked in upstream.asked] == [None, "priority", None]
