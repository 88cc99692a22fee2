"""The first stage of starting: everything that is needed to answer `initialize`, and nothing more.

The modules that this one imports are light. While it waits for the client's first line, it loads the heavy
ones that the server needs anyway, so waiting costs nothing and a prompt client is answered before them.
"""

import os
from importlib import import_module

from app_server.config.home import HomeError, load_env_file, resolve_codex_home
from app_server.options import CommandFailure, Options
from app_server.platform import architecture, os_release
from app_server.rpc.introduction import Introduction, greet
from app_server.rpc.user_agent import Identity
from app_server.transport.framing import DEFAULT_LINE_CAP
from app_server.transport.signals import StopSignals
from app_server.transport.stdio import StdioChannel

_LINE_CAP_VARIABLE = "CODEX_APP_SERVER_MAX_LINE_BYTES"

_PROMPT_CLIENT_SECONDS = 0.005
# A client that spawns us has usually written its first line by now.

_HEAVY = (
    "dataclasses",
    "uuid",
    "orjson",
    "logging",
    "socket",
    "concurrent.futures",
    "ssl",
    "asyncio",
    "anyio",
    "pydantic.main",
)


class Startup:
    """What the first stage hands to the server: stdio is claimed and being read."""

    __slots__ = ("channel", "codex_home", "greeted", "identity", "options", "signals")

    def __init__(
        self,
        options: Options,
        codex_home: str,
        identity: Identity,
        channel: StdioChannel,
        signals: StopSignals,
    ) -> None:
        self.options = options
        self.codex_home = codex_home
        self.identity = identity
        self.channel = channel
        self.signals = signals
        self.greeted: Introduction | None = None
        """The client, when its `initialize` has been answered already."""


def begin(options: Options) -> Startup:
    """Claim stdio, and greet a client that is there. Raises CommandFailure."""
    _refuse_unbuilt_transports(options.listen)
    try:
        codex_home = resolve_codex_home(os.environ)
    except HomeError as error:
        raise CommandFailure(str(error)) from error
    load_env_file(codex_home, os.environ)
    signals = StopSignals()
    channel = StdioChannel.claim(_line_cap())
    name, version = os_release()
    identity = Identity(os.environ, f"{name} {version}; {architecture()}")
    startup = Startup(options, codex_home, identity, channel, signals)
    _greet_first_line(startup)
    return startup


def _refuse_unbuilt_transports(listen: str) -> None:
    if listen == "off":
        raise CommandFailure("no transport configured; use --listen or enable remote control")
    if listen != "stdio://":
        raise CommandFailure(f"--listen {listen} is not supported yet; use `stdio://`")


def _line_cap() -> int:
    text = os.environ.get(_LINE_CAP_VARIABLE, "")
    return int(text) if text.isascii() and text.isdecimal() and int(text) else DEFAULT_LINE_CAP


def _greet_first_line(startup: Startup) -> None:
    inbox = startup.channel.inbox
    heavy = iter(_HEAVY)
    there = inbox.wait(_PROMPT_CLIENT_SECONDS)
    while not there:
        module = next(heavy, None)
        if module is None:
            return
        import_module(module)
        there = inbox.wait(0)
    line = inbox.first()
    greeting = greet(line, startup.identity, startup.codex_home) if line is not None else None
    if greeting is not None:
        startup.greeted, answer = greeting
        inbox.drop_first()
        startup.channel.write_now(answer)
