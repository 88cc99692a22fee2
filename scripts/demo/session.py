"""The steps themselves: an upstream, a server, one prompt looked at, one turn run, one header read."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

from pydantic import JsonValue

from protocol.wire import JsonObject

from .client import ServerError, StdioClient
from .home import furnish
from .report import Report

QUESTION = "Say hello, and tell what you can see of this folder."
_GUIDE = "# About this folder\n\nIt was made for a demonstration. Be brief.\n"


class View(Protocol):
    """Who watches the job while it runs."""

    def step(self, report: Report, name: str) -> None:
        """A step was seen."""
        ...

    def event(self, method: str, params: JsonObject) -> None:
        """The server told something about the turn."""
        ...


def do_main_job(view: View, base: Path) -> Report:
    """Run all of it in a scratch folder below `base`; whatever goes wrong stands in the report."""
    report = Report()
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base, ignore_cleanup_errors=True) as folder:
        try:
            with _offline_upstream() as base_url:
                report.saw("upstream")
                view.step(report, "upstream")
                _drive_server(report, view, Path(folder).resolve(), base_url)
        except (ServerError, OSError, ValueError) as error:
            report.went_wrong(error)
    return report


def server_command() -> list[str]:
    """What a desktop app spawns: `$CODEX_CLI_PATH app-server`, or ours when that is not set."""
    given = os.environ.get("CODEX_CLI_PATH")
    return [given, "app-server"] if given else [sys.executable, "-m", "app_server", "app-server"]


@contextmanager
def _offline_upstream() -> Generator[str]:
    command = [sys.executable, "-m", "app_server", "offline", "serve", "--port", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            if not line:
                raise ServerError("the offline provider did not start")
            yield json.loads(line)["base_url"]
        finally:
            process.terminate()


def _drive_server(report: Report, view: View, folder: Path, base_url: str) -> None:
    report.token = f"v1.demo-{secrets.token_hex(8)}"
    home, workspace = folder / "home", folder / "workspace"
    furnish(home, base_url)
    workspace.mkdir()
    (workspace / "AGENTS.md").write_text(_GUIDE, "utf-8")

    def attest(_: JsonObject) -> JsonObject:
        report.saw("attestation")
        return {"token": report.token}

    with StdioClient(
        server_command(),
        environment={**os.environ, "CODEX_HOME": str(home), "NO_PROXY": "127.0.0.1"},
        folder=workspace,
        log=folder / "server.log",
        answers={"attestation/generate": attest},
    ) as client:
        _shake_hands(client, report)
        view.step(report, "initialize")
        try:
            _look_at_prompt(client, report, workspace)
        except ServerError as error:
            # Servers without this method can still do all the rest.
            report.went_wrong(error)
        view.step(report, "prompt")
        _run_turn(client, report, view, workspace)
        _read_header(report, base_url)
        view.step(report, "header")
        if client.close() == 0:
            report.saw("exit")
            view.step(report, "exit")


def _shake_hands(client: StdioClient, report: Report) -> None:
    me: JsonObject = {"name": "demo_desktop", "title": "Demo", "version": "1.0.0"}
    abilities: JsonObject = {"experimentalApi": True, "requestAttestation": True}
    result = client.request("initialize", {"clientInfo": me, "capabilities": abilities})
    client.notify("initialized")
    report.server = str(result["userAgent"])
    report.saw("initialize")


def _look_at_prompt(client: StdioClient, report: Report, workspace: Path) -> None:
    result = client.request("debug/buildPromptInput", {"cwd": str(workspace), "input": _question()})
    report.prompt_input = cast("list[JsonObject]", result["input"])
    if report.prompt_input:
        report.saw("prompt")


def _run_turn(client: StdioClient, report: Report, view: View, workspace: Path) -> None:
    started = client.request("thread/start", {"cwd": str(workspace)})
    report.thread_id = str(cast("JsonObject", started["thread"])["id"])
    report.saw("thread")
    view.step(report, "thread")
    client.request("turn/start", {"threadId": report.thread_id, "input": _question()})
    streamed = ""
    for message in client.events():
        method, params = str(message.get("method")), cast("JsonObject", message.get("params"))
        view.event(method, params)
        if method == "item/agentMessage/delta":
            streamed += str(params["delta"])
        elif method == "item/completed":
            item = cast("JsonObject", params["item"])
            report.items.append(item)
            if item["type"] == "agentMessage" and streamed and item["text"] == streamed:
                report.saw("stream")
        elif method == "turn/completed":
            turn = cast("JsonObject", params["turn"])
            if turn["status"] != "completed":
                raise ServerError(f"the turn ended as {turn['status']}: {json.dumps(turn['error'])}")
            report.saw("turn")
            break
    for step in ("attestation", "stream", "turn"):
        view.step(report, step)


def _read_header(report: Report, base_url: str) -> None:
    for request in reversed(_requests_seen(base_url)):
        value = cast("dict[str, str]", request["headers"]).get("x-oai-attestation")
        if value is not None:
            report.header = value
            report.envelope = json.loads(value)
            break
    expected = json.dumps({"v": 1, "s": 0, "t": report.token}, separators=(",", ":"))
    if report.header == expected:
        report.saw("header")


def _requests_seen(base_url: str) -> list[JsonObject]:
    origin = base_url.removesuffix("/v1")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{origin}/debug/requests", timeout=5) as answer:
        return json.load(answer)["requests"]


def _question() -> list[JsonValue]:
    return [{"type": "text", "text": QUESTION}]
