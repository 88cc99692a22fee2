"""The same session makes the reference and us send the same requests (model-client.md §1, §2, §5)."""

import json
import sys
from pathlib import Path

import pytest
from peers import FOLLOWED, find_reference
from pydantic import JsonValue
from support import sse, transcripts
from support.client import Client, JsonObject
from support.conversation import run_turn, start_thread
from support.home import write_chatgpt_login, write_config
from support.upstream import Asked, Status, Upstream, stream, text_reply

pytestmark = pytest.mark.peers

OURS = (sys.executable, "-m", "app_server", "app-server")
VALUES = ("accept", "content-type", "openai-beta", "originator", "chatgpt-account-id", "upgrade")
"""Headers whose values are compared; of the others, that they are there."""
OURS_TO_CHOOSE = (
    "instructions",
    "input",
    "tools",
    "prompt_cache_key",
    "client_metadata",
    "previous_response_id",
)
"""Members that hold ids, or sentences of ours: compared by their shape."""


def session(command: tuple[str, ...], home: Path, upstream: Upstream, *, sockets: bool) -> list[Asked]:
    """Two turns, with a call of an unknown tool, a refusal and a retry; the requests that were sent."""
    if sockets:
        upstream.responses.speak_websocket()
    provider = "supports_websockets = true" if sockets else ""
    write_config(home, upstream.base_url, chatgpt=True, retries=1, provider=provider)
    write_chatgpt_login(home)
    upstream.script(
        stream(sse.created("r1"), sse.call("no_such_tool", {"a": 1}), sse.completed("r1")),
        stream(*sse.message("done"), sse.completed("r2")),
        *(() if sockets else (Status(500, "x"),)),
        text_reply("again"),
    )
    with Client((*command,), home) as client:
        client.on("attestation/generate", lambda _: {"token": "t"})
        client.initialize({"experimentalApi": True, "requestAttestation": True})
        thread_id = start_thread(client)
        if sockets:
            upstream.responses.warm_ups.wait_asked(1)
        run_turn(client, thread_id, "one")
        run_turn(client, thread_id, "two")
    transcripts.forget()  # what one of them says is the reference's own affair
    return [one for one in upstream.everything if one.place.endswith("/responses")]


def tools(requests: list[Asked]) -> set[str]:
    """The names of all tools that were offered."""
    offered = [one.json.get("tools") for one in requests if one.body]
    every = [tool for some in offered if isinstance(some, list) for tool in some]
    return {str(tool.get("name", tool.get("type"))) for tool in every if isinstance(tool, dict)}


def shown(asked: Asked) -> JsonObject:
    """A request as far as both must agree on it."""
    headers: JsonObject = {
        name: value.decode() if name in VALUES else "…"
        for name, value in sorted(asked.headers.items())
        if name not in ("content-length", "host") and asked.method != "FRAME"
    }
    body: JsonObject = asked.json if asked.body else {}
    return {
        "method": asked.method,
        "path": asked.path,
        "headers": headers,
        "body": {key: _shape(key, value) for key, value in sorted(body.items())},
    }


def _shape(key: str, value: JsonValue) -> JsonValue:
    if key not in OURS_TO_CHOOSE:
        return value
    match key, value:
        case "input", list():
            return [[item.get("type"), item.get("role")] for item in value if isinstance(item, dict)]
        case "tools", list():
            return "…"  # which tools there are is compared on its own
        case _, dict():
            return [*sorted(value)]
        case _:
            return "…"


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The version whose requests we send."""
    found = find_reference(FOLLOWED)
    if found is not None:
        return (str(found), "app-server")
    reason = f"the reference server {FOLLOWED} is not here: python3 scripts/peers.py {FOLLOWED}"
    if request.config.getoption("--peers"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "websocket"])
def test_a_session_sends_the_requests_of_the_reference(
    reference: tuple[str, ...], peer_home: Path, sockets: bool
) -> None:
    found: dict[str, list[Asked]] = {}
    for name, command in (("reference", reference), ("ours", OURS)):
        home = peer_home / name
        home.mkdir()
        with Upstream() as upstream:
            found[name] = session(command, home, upstream, sockets=sockets)
    ours, theirs = ([shown(one) for one in found[name]] for name in ("ours", "reference"))

    for number, (mine, wanted) in enumerate(zip(ours, theirs, strict=False), 1):
        differs = "" if mine == wanted else f"not the same:\n  {json.dumps(mine)}\n  {json.dumps(wanted)}"
        print(f"{number}. {mine['method']} {mine['path']}: {differs or 'the same'}")  # noqa: T201 - what people run it for
    missing, added = (
        tools(found[a]) - tools(found[b]) for a, b in (("reference", "ours"), ("ours", "reference"))
    )
    print(f"tools that only the reference offers: {', '.join(sorted(missing)) or 'none'}")  # noqa: T201 - as above
    assert ours == theirs
    assert added == set()
