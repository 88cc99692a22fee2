"""Loading and unloading threads, and what is decided once for a thread's life."""

from support.home import write_chatgpt_login
from support.stage import Sink, Stage, begin, ended, start

from app_server.agent.thread_request import ThreadRequest


async def test_a_thread_that_nobody_uses_is_unloaded_in_time(stage: Stage) -> None:
    thread, _ = await start(stage)
    stage.watched.add(thread.id)

    await stage.loaded.unload_idle(now=0.0)
    await stage.loaded.unload_idle(now=10_000.0)
    kept = stage.loaded.get(thread.id)
    stage.watched.clear()
    await stage.loaded.unload_idle(now=10_000.0)
    await stage.loaded.unload_idle(now=10_000.0 + 30 * 60 - 1)
    still = stage.loaded.get(thread.id)
    await stage.loaded.unload_idle(now=10_000.0 + 30 * 60)

    assert kept is still is thread
    assert stage.loaded.get(thread.id) is None
    assert stage.closed == [thread.id]


async def test_whether_a_thread_attests_is_decided_when_it_is_loaded(stage: Stage) -> None:
    before, heard_before = await start(stage)
    write_chatgpt_login(stage.machine.home)
    stage.auth.reload()
    after, heard_after = await start(stage)

    begin(before)
    await ended(heard_before)
    begin(after)
    await ended(heard_after)

    assert stage.attester.asked == [after.id]
    assert ["x-oai-attestation" in request.headers for request in stage.model.asked] == [False, True]


async def test_a_thread_comes_back_with_what_was_said_and_used(stage: Stage) -> None:
    thread, sink = await start(stage)
    begin(thread, "remember this")
    await ended(sink)
    history, usage = list(thread.session.conversation.history), thread.session.usage.to_wire()

    await stage.loaded.unload(thread.id)
    revived = await stage.threads.resume(thread.id, ThreadRequest())

    session = revived.thread.session
    assert [item.get("role") for item in session.conversation.history] == [one.get("role") for one in history]
    assert session.usage.to_wire() == usage
    assert session.preview == "remember this"
    assert [turn.status for turn in revived.turns] == ["completed"]


async def test_a_fork_goes_its_own_way(stage: Stage) -> None:
    thread, sink = await start(stage)
    begin(thread, "common")
    await ended(sink)

    fork = (await stage.threads.fork(thread.id, ThreadRequest())).thread
    heard: Sink = stage.sinks[fork.id]
    begin(fork, "only here")
    await ended(heard)

    assert fork.facts.meta.forked_from_id == thread.id
    texts = [str(item) for item in fork.session.conversation.history]
    assert any("common" in text for text in texts)
    assert not any("only here" in str(item) for item in thread.session.conversation.history)
