"""Our client against a server made with the official MCP library, over each of its transports."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from support import mcp_run
from support.client import JsonObject

from app_server.mcp.errors import McpRefusal
from app_server.mcp.settings import Stdio, StreamableHttp

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(find_spec("mcp") is None, reason="the MCP library is not here: pip install .[peers]"),
]

# An answer in JSON is all that comes to a request, so nothing can be said or asked before it.
streaming = pytest.mark.parametrize("transport", ["stdio", "events"], indirect=True)

SCRIPT = str(Path(mcp_run.__file__).with_name("mcp_library_server.py"))


@pytest.fixture(scope="module", params=["stdio", "events", "json"])
def transport(request: pytest.FixtureRequest) -> Iterator[Stdio | StreamableHttp]:
    if request.param == "stdio":
        yield mcp_run.program(sys.executable, SCRIPT)
        return
    command = [sys.executable, SCRIPT, "--http", f"--{request.param}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield mcp_run.address(server.stdout.readline().strip())
        finally:
            server.kill()


async def test_the_handshake_tells_what_the_server_is_and_offers(transport: Stdio | StreamableHttp) -> None:
    async with mcp_run.connected(transport, mcp_run.decline) as server:
        assert server.instructions == "Speak up."
        assert server.info is not None
        assert (server.info["name"], server.info["version"]) == ("official", "7")
        assert {"tools", "resources"} <= server.capabilities.keys()
        assert [tool["name"] for tool in server.tools] == ["shout", "fail", "count", "paint"]


async def test_tools_are_called_and_fail(transport: Stdio | StreamableHttp) -> None:
    async with mcp_run.connected(transport, mcp_run.decline) as server:
        said = await server.call_tool("shout", {"text": "hi"})
        failed = await server.call_tool("fail")
        unknown = await server.call_tool("nope", {})

    assert (said["content"], said["structuredContent"]) == (
        [{"type": "text", "text": "HI"}],
        {"result": "HI"},
    )
    broke: JsonObject = {"type": "text", "text": "Error executing tool fail: it broke"}
    assert (failed["isError"], failed["content"]) == (True, [broke])
    assert unknown["isError"] is True


async def test_resources_are_listed_and_read(transport: Stdio | StreamableHttp) -> None:
    async with mcp_run.connected(transport, mcp_run.decline) as server:
        (resource,) = await server.all_pages(server.resources, "resources")
        (template,) = await server.all_pages(server.resource_templates, "resourceTemplates")
        read = await server.read_resource("memo://one")
        from_template = await server.read_resource("memo://named/two")
        with pytest.raises(McpRefusal, match="memo://none"):
            await server.read_resource("memo://none")

    assert (resource["uri"], resource["mimeType"]) == ("memo://one", "text/plain")
    assert template["uriTemplate"] == "memo://named/{name}"
    text: JsonObject = {"uri": "memo://one", "mimeType": "text/plain", "text": "the first memo"}
    assert read["contents"] == [text]
    assert from_template["contents"] == [{**text, "uri": "memo://named/two", "text": "the memo two"}]


@streaming
async def test_progress_is_heard_in_its_order(transport: Stdio | StreamableHttp) -> None:
    heard: list[JsonObject] = []

    async with mcp_run.connected(transport, mcp_run.decline) as server:
        counted = await server.call_tool("count", {"to": 3}, progress=heard.append)

    assert counted["content"] == [{"type": "text", "text": "counted"}]
    assert [one["message"] for one in heard] == ["1 of 3", "2 of 3", "3 of 3"]


@streaming
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"action": "accept", "content": {"color": "red"}}, "accept: red"),
        ({"action": "decline"}, "decline"),
        ({"action": "cancel"}, "cancel"),
    ],
)
async def test_a_question_of_the_server_is_put_and_answered(
    transport: Stdio | StreamableHttp, answer: JsonObject, told: str
) -> None:
    asked: list[JsonObject] = []

    async def elicit(_server: str, params: JsonObject) -> JsonObject:
        asked.append(params)
        return answer

    async with mcp_run.connected(transport, elicit) as server:
        painted = await server.call_tool("paint")

    assert painted["content"] == [{"type": "text", "text": told}]
    (question,) = asked
    assert question["message"] == "Which color?"
    schema = question["requestedSchema"]
    assert isinstance(schema, dict)
    assert schema["required"] == ["color"]
