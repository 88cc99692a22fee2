"""The command line, as clients of the reference server spawn it (connection.md §13).

Read by hand, because the messages are the reference's and because the first answer would wait for argparse.
"""

from collections.abc import Sequence

from app_server.options import CommandFailure, Options, UsageError
from app_server.version import PACKAGE_VERSION, WIRE_VERSION

USAGE_EXIT = 2
FAILURE_EXIT = 1

_SUBCOMMANDS = ("app-server", "generate-json-schema", "generate-ts", "offline")

HELP = """\
Serve the Codex app-server protocol: JSON-RPC messages, one a line, on stdin and stdout.

Usage: codex-app-server [OPTIONS] [app-server] [OPTIONS]
       codex-app-server generate-json-schema --out DIR [--experimental]
       codex-app-server generate-ts --out DIR [--prettier BIN] [--experimental]
       codex-app-server [OPTIONS] debug prompt-input [OPTIONS] [PROMPT]
       codex-app-server offline serve|record …

Options:
  -c, --config <key=value>       Set a configuration value, over what the files say. A dotted key reaches
                                 into tables; the value is TOML, or else the text itself. Repeatable
      --enable <FEATURE>         The same as -c features.<FEATURE>=true. Repeatable
      --disable <FEATURE>        The same as -c features.<FEATURE>=false. Repeatable
      --oss                      Use a model server on this machine, with open weights
      --local-provider <NAME>    Which one: `ollama`, which is the default, or `lmstudio`
      --listen <URL>             `stdio://`, which is the default, or `off`
      --stdio                    The same as --listen stdio://
      --strict-config            Refuse configuration files with fields that are not known
      --analytics-default-enabled
                                 Accepted for launchers that pass it
      --session-source <SOURCE>  What new threads name as their source [default: vscode]
  -V, --version                  Print the version of this package and of the wire that it speaks
  -h, --help                     Print this
"""

_VALUES = {
    "-c": "--config <key=value>",
    "--config": "--config <key=value>",
    "--enable": "--enable <FEATURE>",
    "--disable": "--disable <FEATURE>",
    "--listen": "--listen <URL>",
    "--local-provider": "--local-provider <NAME>",
    "--session-source": "--session-source <SOURCE>",
}
_LOCAL_MODELS = {"ollama": "gpt-oss:20b", "lmstudio": "openai/gpt-oss-20b"}
"""The providers of `--oss`, and the model that is asked for unless another one is named."""


def parse_command_line(arguments: Sequence[str]) -> Options:
    """The options of these arguments. Raises UsageError, or CommandFailure for what is well-formed only."""
    options = Options()
    if list(arguments[:1]) == ["help"]:
        arguments = [*arguments[1:], "--help"]
    if _names_debug(arguments):
        # Its own options may stand before its name, so it reads the whole line.
        options.command, options.rest = "debug", tuple(arguments)
        return options
    waiting = list(reversed(arguments))
    inner = False
    while waiting:
        argument = waiting.pop()
        name, equals, attached = argument.partition("=")
        if argument.startswith("-c") and argument not in {"-c", "-c="} and not argument.startswith("--"):
            name, equals, attached = "-c", "=", argument[2:].removeprefix("=")
        if name in _VALUES:
            if not equals and not waiting:
                raise UsageError(f"a value is required for '{_VALUES[name]}' but none was supplied")
            _set(options, name, attached if equals else waiting.pop())
        elif argument in _SUBCOMMANDS and not (inner and argument == "app-server"):
            inner = True
            if argument != "app-server":
                options.command, options.rest = argument, tuple(reversed(waiting))
                waiting = []
        elif argument == "--" and not waiting:
            break
        elif argument.startswith("-"):
            _flag(options, argument)
        else:
            raise UsageError(f"unrecognized subcommand '{argument}'")
    _check_overrides(options.overrides)
    if options.oss:
        model = _LOCAL_MODELS[options.local_provider]
        # What is said with -c comes later, and wins.
        choice = (f"model_provider={options.local_provider}", f"model={model}")
        options.overrides = (*choice, *options.overrides)
    return options


def _names_debug(arguments: Sequence[str]) -> bool:
    """Whether the sub-command is `debug`: the word may also be a value, or belong to another sub-command."""
    before = ""
    for argument in arguments:
        if before not in _VALUES:
            if argument in _SUBCOMMANDS and argument != "app-server":
                return False
            if argument == "debug":
                return True
        before = argument
    return False


def _set(options: Options, name: str, value: str) -> None:
    if name in {"-c", "--config"}:
        options.overrides += (value,)
    elif name == "--enable":
        options.enable += (value,)
    elif name == "--disable":
        options.disable += (value,)
    elif name == "--session-source":
        options.session_source = value
    elif name == "--local-provider":
        options.local_provider = _checked_provider(value)
    else:
        options.listen = _checked_url(value)


def _flag(options: Options, argument: str) -> None:
    if argument == "--stdio":
        options.listen = "stdio://"
    elif argument == "--oss":
        options.oss = True
    elif argument == "--strict-config":
        options.strict_config = True
    elif argument == "--analytics-default-enabled":
        options.analytics_default_enabled = True
    elif argument in {"-h", "--help"}:
        options.command = "help"
    elif argument in {"-V", "--version"}:
        options.command = "version"
    else:
        raise UsageError(f"unexpected argument '{argument}' found")


def _checked_provider(name: str) -> str:
    if name in _LOCAL_MODELS:
        return name
    possible = ", ".join(_LOCAL_MODELS)
    raise UsageError(f"invalid value '{name}' for '--local-provider <NAME>'\n  [possible values: {possible}]")


def _checked_url(url: str) -> str:
    if url in {"stdio://", "off"} or url.startswith("unix://"):
        return url
    if not url.startswith("ws://"):
        raise UsageError(
            f"invalid value '{url}' for '--listen <URL>': unsupported --listen URL `{url}`; "
            "expected `stdio://`, `unix://`, `unix://PATH`, `ws://IP:PORT`, or `off`"
        )
    if not _is_socket_address(url.removeprefix("ws://")):
        raise UsageError(
            f"invalid value '{url}' for '--listen <URL>': invalid websocket --listen URL `{url}`; "
            "expected `ws://IP:PORT`"
        )
    return url


def _is_socket_address(text: str) -> bool:
    from ipaddress import ip_address  # for websocket listeners only

    host, _, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return port.isascii() and port.isdecimal() and int(port) < 1 << 16


def _check_overrides(overrides: Sequence[str]) -> None:
    for override in overrides:
        key, equals, _ = override.partition("=")
        if not equals:
            raise CommandFailure(f"error parsing -c overrides: Invalid override (missing '='): {override}")
        if not key.strip():
            raise CommandFailure(f"error parsing -c overrides: Empty key in override: {override}")


def version_text() -> str:
    """What `--version` prints."""
    return f"codex-app-server {PACKAGE_VERSION} (wire {WIRE_VERSION})"


def run_subcommand(options: Options) -> int:
    """Run what is not the server itself. Returns the exit code; raises UsageError or CommandFailure."""
    if options.command == "debug":
        from app_server.commands.prompt_process import debug_prompt

        return debug_prompt(options.rest)
    if options.command == "offline":
        from app_server.model.offline.command import run as offline

        return offline(list(options.rest))
    from app_server.commands import generate

    if options.command == "generate-ts":
        return generate.typescript(options.rest)
    return generate.json_schema(options.rest)
