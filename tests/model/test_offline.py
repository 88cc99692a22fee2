"""The offline provider: its persona, its scripts, its recorder, and itself as a process of its own."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from pydantic import JsonValue
from support import sse
from support.upstream import Cut, Status, Upstream, stream

from app_server.http.client import HttpClient
from app_server.model.answer.events import (
    Completed,
    ItemDone,
    ReasoningSummaryDelta,
    ResponseEvent,
    TextDelta,
)
from app_server.model.errors import ModelError
from app_server.model.offline.embedded import SCRIPT_VARIABLE, EmbeddedOffline
from app_server.model.offline.http_peer import Asked
from app_server.model.offline.recorder import Recorder
from app_server.model.offline.reply import Event
from app_server.model.offline.script import ScriptError, load_script, script_of
from app_server.model.offline.server import OfflineServer, listen, serve
from app_server.model.provider import ModelProvider, ProviderError
from app_server.model.providers import provider_for, with_base_url
from protocol.wire import JsonObject

from .conftest import DEADLINE, METADATA, REQUEST, Setup

SHELL: JsonObject = {"type": "function", "name": "shell_command"}


def _said(text: str) -> list[JsonObject]:
    return [{"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}]


@pytest.fixture
async def direct() -> AsyncIterator[HttpClient]:
    client = HttpClient({})
    yield client
    await client.close()


async def _answers(
    client: HttpClient, base_url: str, *inputs: list[JsonObject], tools: tuple[JsonObject, ...] = ()
) -> list[list[ResponseEvent] | str]:
    """The events of each answer of one thread, or the text of the error instead."""
    provider = with_base_url(ModelProvider("offline", "Offline", request_max_retries=0), base_url)
    thread = Setup(client, Path("/nowhere"), provider).client()
    found: list[list[ResponseEvent] | str] = []
    for items in inputs:
        request = REQUEST._replace(input=items, tools=tools)
        try:
            with anyio.fail_after(DEADLINE):
                async with thread.turn(METADATA).stream(request) as answer:
                    found.append([event async for batch in answer for event in batch])
        except ModelError as error:
            found.append(str(error))
    return found


def _text(events: list[ResponseEvent] | str) -> str:
    assert not isinstance(events, str), events
    assert isinstance(events[-1], Completed)
    return "".join(event.text for event in events if isinstance(event, TextDelta))


async def test_the_persona_repeats_what_it_was_told_and_is_always_the_same(direct: HttpClient) -> None:
    async with EmbeddedOffline({}) as offline:
        first, second = await _answers(
            direct, await offline.base_url(None), _said("Hi  there"), _said("Hi  there")
        )

    assert _text(first) == _text(second)
    assert _text(first).startswith("You said: Hi  there\n\n")


async def test_words_of_command_show_the_other_kinds_of_event(direct: HttpClient) -> None:
    async with EmbeddedOffline({}) as offline:
        url = await offline.base_url(None)
        thought, called, long, status, failed, cut = await _answers(
            direct, url, _said("!think of it"), _said("!run ls -l"), _said("!long 3"), _said("!status 404"),
            _said("!fail invalid_prompt"), _said("!cut it"), tools=(SHELL,),
        )  # fmt: skip

    assert any(isinstance(event, ReasoningSummaryDelta) for event in thought)
    calls = [event.item["arguments"] for event in called if isinstance(event, ItemDone)]
    assert calls == ['{"command":"ls -l"}']
    assert _text(long) == "word1 word2 word3"
    assert "unexpected status 404 Not Found" in status
    assert failed == "The offline provider was asked to fail."
    assert "error decoding response body" in cut


async def test_a_tools_output_is_answered_in_words(direct: HttpClient) -> None:
    output: JsonObject = {"type": "function_call_output", "call_id": "c", "output": "!fail 42 files"}
    async with EmbeddedOffline({}) as offline:
        (answer,) = await _answers(direct, await offline.base_url(None), [*_said("!run ls"), output])

    assert _text(answer) == "The tool answered:\n\n!fail 42 files"


SCRIPT = """
at_end = "persona"
[[reply]]
reasoning = ["one", "two"]
text = "Hello"
deltas = 3
usage = { input_tokens = 7, output_tokens = 5 }
[[reply]]
tools = [{ name = "shell_command", arguments = { command = "ls" } }, { name = "apply_patch", input = "*" }]
[[reply]]
status = 429
headers = { x-request-id = "r-1" }
body = { error = { message = "slow down" } }
[[reply]]
failed = { code = "insufficient_quota", message = "x" }
[[reply]]
incomplete = "max_output_tokens"
[[reply]]
text = "half"
cut = true
[[reply]]
events = [
    { comment = "ping" }, { pause_ms = 1 }, { raw = "data: junk\\n\\n" },
    { type = "response.output_text.delta", delta = "own" },
    { type = "response.completed", response = { id = "own" } },
]
"""


async def test_a_script_is_played_reply_by_reply(direct: HttpClient, tmp_path: Path) -> None:
    path = tmp_path / "session.toml"
    path.write_text(SCRIPT)
    async with EmbeddedOffline({SCRIPT_VARIABLE: str(path)}) as offline:
        text, tools, status, failed, incomplete, cut, own, after = await _answers(
            direct, await offline.base_url(None), *[_said("go")] * 8
        )

    assert [event.text for event in text if isinstance(event, TextDelta)] == ["H", "el", "lo"]
    assert sum(isinstance(event, ReasoningSummaryDelta) for event in text) == 2
    assert [event.item["type"] for event in tools if isinstance(event, ItemDone)] == [
        "function_call", "custom_tool_call",
    ]  # fmt: skip
    assert status == "exceeded retry limit, last status: 429 Too Many Requests, request id: r-1"
    assert failed == "Quota exceeded. Check your plan and billing details."
    assert incomplete.endswith("reason: max_output_tokens") if isinstance(incomplete, str) else False
    assert "error decoding response body" in cut
    assert _text(own) == "own"
    assert _text(after).startswith("You said: go")


async def test_every_thread_plays_the_script_from_its_start() -> None:
    server = OfflineServer(script_of([{"text": "first"}, {"text": "second"}]))

    async def ask(thread: str) -> list[JsonValue]:
        asked = Asked("POST", "/v1/responses", {"thread-id": thread}, b'{"input":[]}')
        reply = await server.reply(asked)
        return [
            part.data["delta"] for part in reply.parts if isinstance(part, Event) and "delta" in part.data
        ]

    assert [await ask(thread) for thread in ("a", "b", "a")] == [["first"], ["first"], ["second"]]


@pytest.mark.parametrize(("at_end", "replies"), [("repeat", ["x", "x"]), ("error", ["x", None])])
def test_the_end_of_a_script_is_the_scripts_choice(at_end: str, replies: list[str | None]) -> None:
    script = script_of([{"text": "x"}], at_end)

    found = [script.reply(number, "1") for number in range(2)]

    assert [None if reply is None or reply.body is not None else "x" for reply in found] == replies


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = ", "Invalid value (at end of document)"),
        ('at_end = "later"', '`at_end` must be "persona", "repeat" or "error"'),
        ("[[reply]]\ntxt = 1", "reply 1: unknown key `txt`"),
        ("[[reply]]\ntext = 1", "reply 1: `text` must be str"),
        ("[[reply]]\n[[reply]]\ndeltas = true", "reply 2: `deltas` must be int"),
        ("[[reply]]\nstatus = 99", "reply 1: `status` must be from 200 to 599"),
        ("[[reply]]\ntools = [{}]", "reply 1: a tool call has no `name`"),
        (
            "[[reply]]\nevents = [{}]",
            "reply 1: an event has neither a `type` nor one of pause_ms, comment, raw, cut, hang",
        ),
    ],
)
def test_a_script_that_cannot_be_played_says_where(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "session.toml"
    path.write_text(text)

    with pytest.raises(ScriptError) as caught:
        load_script(path)

    assert str(caught.value) == f"{path}: {problem}"


async def test_a_broken_script_is_a_configuration_error(tmp_path: Path) -> None:
    async with EmbeddedOffline({}) as offline:
        with pytest.raises(ProviderError, match="the offline provider cannot start: "):
            await offline.base_url(str(tmp_path / "missing.toml"))


async def test_odd_requests_are_answered_and_survived(direct: HttpClient) -> None:
    async with EmbeddedOffline({}) as offline:
        url = await offline.base_url(None)
        port = int(url.removesuffix("/v1").rpartition(":")[2])
        for data in (b"\xff\xfe\r\n\r\n", b"GET / HTTP/1.1\r\n", b""):
            async with await anyio.connect_tcp("127.0.0.1", port) as stream:
                await stream.send(data)
        (answer,) = await _answers(direct, url, _said("still there?"))

    assert _text(answer).startswith("You said: still there?")


async def _recorded(upstream: Upstream, out: Path, count: int, client: HttpClient) -> list[JsonObject]:
    async with Recorder(upstream.base_url, out, {}) as recorder, anyio.create_task_group() as tasks:
        listener, base_url = await listen()
        tasks.start_soon(serve, listener, recorder.reply)
        await _answers(client, base_url, *[_said("go")] * count)
        tasks.cancel_scope.cancel()
    return [json.loads(line) for line in out.read_bytes().splitlines()]


async def test_a_recording_plays_like_the_real_thing_and_holds_no_secret(
    upstream: Upstream, direct: HttpClient, tmp_path: Path
) -> None:
    echo: JsonObject = {
        "id": "resp",
        "instructions": "s3cret",
        "user": "s3cret",
        "prompt_cache_key": "s3cret",
    }
    reasoning: JsonObject = {"type": "reasoning", "summary": [], "encrypted_content": "s3cret"}
    upstream.script(
        stream(
            {"type": "response.created", "response": echo},
            {"type": "response.output_item.done", "item": reasoning},
            *sse.message("write to a@b.example")[1:],
            sse.completed(),
            headers=[("set-cookie", "s3cret"), ("x-codex-turn-state", "s3cret"), ("openai-model", "gpt-x")],
        ),
        Status(401, {"error": {"message": "Incorrect API key provided: sk-abcdefgh12345"}}),
        stream(*sse.message("half"), Cut()),
    )
    out = tmp_path / "recording.jsonl"

    replies = await _recorded(upstream, out, 3, direct)

    assert not any(secret in out.read_text() for secret in ("s3cret", "a@b.example", "sk-abc"))
    assert [set(reply) for reply in replies] == [{"headers", "events"}, {"status", "body"}, {"events"}]
    assert replies[0]["headers"] == {"openai-model": "gpt-x"}
    async with EmbeddedOffline({}) as offline:
        whole, refused, cut = await _answers(direct, await offline.base_url(str(out)), *[_said("go")] * 3)
    assert _text(whole) == "write to [removed]"
    assert "unexpected status 401 Unauthorized: Incorrect API key provided: [removed]" in refused
    assert "error decoding response body" in cut


async def test_a_recorder_without_its_provider_says_so(
    direct: HttpClient, tmp_path: Path, free_port: int
) -> None:
    async with Recorder(f"http://127.0.0.1:{free_port}/v1", tmp_path / "out.jsonl", {}) as recorder:
        reply = await recorder.reply(Asked("POST", "/v1/responses", {}, b"{}"))

    assert reply.status == 502


def test_the_provider_as_a_process_shows_what_it_was_asked() -> None:
    command = [sys.executable, "-m", "app_server", "offline", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            headers = {
                "x-oai-attestation": '{"v":1,"s":0,"t":"é"}'.encode(),
                "authorization": "Bearer s3cret",
            }
            asked = urllib.request.Request(told["base_url"] + "/responses", b"{}", headers)  # pyright: ignore[reportArgumentType]  # bytes are sent as they are
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            opener.open(asked, timeout=DEADLINE).close()
            shown = json.load(opener.open(told["debug_url"], timeout=DEADLINE))["requests"]
        finally:
            process.terminate()

    assert [(one["method"], one["path"]) for one in shown] == [("POST", "/v1/responses")]
    assert shown[0]["headers"]["x-oai-attestation"] == '{"v":1,"s":0,"t":"é"}'
    assert "s3cret" not in json.dumps(shown)


def test_the_built_in_provider_needs_no_configuration() -> None:
    provider = provider_for("offline", {}, env={})

    assert (provider.base_url, provider.takes_login) == (None, False)
