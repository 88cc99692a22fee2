"""A real server process around a handful of handlers: what the transport promises, without agent or model.

`python -m support.tiny_server` takes the command line of the real one and runs the same start-up; only the
composition root is this one. `mock/experimentalMethod` does what its `value` says, see `HANDLERS`.
"""

import ctypes
import os
import subprocess
import sys
import types
from collections.abc import Awaitable, Callable

import anyio

from app_server.handlers.base import Call, Handler, Later
from app_server.rpc.server import RpcServer
from app_server.startup import Startup
from app_server.transport.serve import serve_stdio
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse

Echo = MockExperimentalMethodResponse


async def _big(value: str) -> Echo:
    return Echo(echoed="x" * int(value))


def _print_everyhow() -> None:
    print("from print", flush=True)  # noqa: T201 - what must not reach the client
    os.write(1, b"from write\n")
    ctypes.CDLL(None).puts(b"from C")
    ctypes.CDLL(None).fflush(None)
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)


async def _print(_: str) -> Echo:
    await anyio.to_thread.run_sync(_print_everyhow)
    return Echo(echoed="printed")


async def _sleep(value: str) -> Echo:
    await anyio.sleep(float(value))
    return Echo(echoed="slept")


async def _echo(value: str) -> Echo:
    return Echo(echoed=value)


async def _size(value: str) -> Echo:
    return Echo(echoed=str(len(value)))


async def _stubborn(_: str) -> Echo:
    try:
        await anyio.sleep(60)
    finally:
        os.write(2, b"stopping\n")
        with anyio.CancelScope(shield=True):
            await anyio.sleep(60)
    return Echo()


def _start_orphan() -> str:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    return str(subprocess.Popen(command, start_new_session=True, close_fds=False).pid)


async def _orphan(_: str) -> Echo:
    return Echo(echoed=await anyio.to_thread.run_sync(_start_orphan))


COMMANDS: dict[str, Callable[[str], Awaitable[Echo]]] = {
    "big": _big,
    "print": _print,
    "sleep": _sleep,
    "echo": _echo,
    "size": _size,
    "stubborn": _stubborn,
    "orphan": _orphan,
}


async def _mock(call: Call, params: MockExperimentalMethodParams) -> Echo | Later[Echo]:
    name, _, value = (params.value or "").partition(":")
    run = COMMANDS.get(name, _echo)
    return Later(run(value)) if name in {"sleep", "stubborn"} else await run(value)


HANDLERS: dict[str, Handler] = {"mock/experimentalMethod": _mock}


def run(startup: Startup) -> int:
    """In the place of `app_server.server.run`."""
    anyio.run(_serve, startup)
    return 0


async def _serve(startup: Startup) -> None:
    rpc = RpcServer(
        resolve=HANDLERS.get,
        identity=startup.identity,
        codex_home=startup.codex_home,
        first_events=lambda: (),
    )
    await serve_stdio(rpc, startup.channel, startup.signals, greeted=startup.greeted)


def main() -> None:
    """Put this composition in the place of the real one, and start."""
    composition = types.ModuleType("app_server.server")
    composition.run = run  # type: ignore[attr-defined]  # a module made by hand
    sys.modules["app_server.server"] = composition
    import app_server

    app_server.server = composition  # type: ignore[attr-defined]  # as an import would
    from app_server.__main__ import main as real_main

    sys.exit(real_main())


if __name__ == "__main__":
    main()
