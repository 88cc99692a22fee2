"""The command line of the offline provider as a process of its own.

    offline serve [--port N] [--script FILE]
    offline record --upstream URL --out FILE [--port N]

Both print one JSON line, `{"base_url": "http://127.0.0.1:PORT/v1", …}`, and run until they are stopped.
"""

import argparse
import os
import sys
from pathlib import Path

import anyio
import orjson

from app_server.model.offline.recorder import Recorder
from app_server.model.offline.script import load_script
from app_server.model.offline.script_reply import ScriptError
from app_server.model.offline.server import Answer, OfflineServer, listen, serve


def run(argv: list[str]) -> int:
    """Run what the arguments say; answers the exit code."""
    options = _parser().parse_args(argv)
    try:
        anyio.run(_serve if options.command == "serve" else _record, options)
    except KeyboardInterrupt:
        return 0
    except (ScriptError, OSError) as error:
        print(f"offline: {error}", file=sys.stderr)  # noqa: T201  # a command of its own, not the server
        return 1
    return 0


async def _serve(options: argparse.Namespace) -> None:
    script = None if options.script is None else load_script(options.script)
    await _run(options.port, OfflineServer(script, show_requests=True).reply, debug="debug/requests")


async def _record(options: argparse.Namespace) -> None:
    async with Recorder(options.upstream, options.out, os.environ) as recorder:
        await _run(options.port, recorder.reply, debug=None)


async def _run(port: int, reply: Answer, *, debug: str | None) -> None:
    listener, base_url = await listen(port)
    told = {"base_url": base_url}
    if debug is not None:
        told["debug_url"] = base_url.removesuffix("/v1") + "/" + debug
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
    sys.stdout.buffer.flush()
    await serve(listener, reply)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="codex-app-server offline",
        description="A model provider on this machine: no account, no key, no network.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="answer by a script, or as the built-in persona")
    serving.add_argument("--script", type=Path, metavar="FILE", help="a session to play (.toml or .jsonl)")
    recording = commands.add_parser("record", help="pass requests on, and write the answers down as a script")
    recording.add_argument("--upstream", required=True, metavar="URL", help="the real provider's base URL")
    recording.add_argument("--out", type=Path, required=True, metavar="FILE", help="the script (.jsonl)")
    for command in (serving, recording):
        command.add_argument("--port", type=int, default=0, metavar="N", help="0, the default, takes any")
    return parser
