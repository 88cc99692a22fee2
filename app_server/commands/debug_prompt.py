"""`debug prompt-input`: print the input list that a first turn would send (prompt-input.md §1).

The same building as for `debug/buildPromptInput`; nothing is sent and nothing is kept.
"""

import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app_server.commands.options import Option, UsageError, Words

if TYPE_CHECKING:
    from app_server.config.config import Config
    from app_server.config.permissions import ApprovalPolicy, SandboxMode
    from app_server.prompt.prompt import Prompt
    from protocol.input import UserInput

Build = Callable[["Config", Sequence["UserInput"]], Awaitable["Prompt"]]
"""Builds the prompt of a private thread that is gone again afterwards; raises what makes it impossible."""

_CONFIG = Option(("-c", "--config"), "key=value", repeatable=True)
_ENABLE = Option(("--enable",), "FEATURE", repeatable=True)
_DISABLE = Option(("--disable",), "FEATURE", repeatable=True)
_IMAGE = Option(("-i", "--image"), "FILE", repeatable=True, is_list=True)
_TREE = Option(("--tree",))
_AGAINST = Option(("--against",), "FILE")
_HELP = Option(("-h", "--help"), repeatable=True)
_MODEL = Option(("-m", "--model"), "MODEL")
_PROFILE = Option(("-p", "--profile"), "CONFIG_PROFILE")
_SANDBOX = Option(("-s", "--sandbox"), "SANDBOX_MODE", ("read-only", "workspace-write", "danger-full-access"))
_APPROVAL = Option(
    ("-a", "--ask-for-approval"), "APPROVAL_POLICY", ("untrusted", "on-failure", "on-request", "never")
)
_CD = Option(("-C", "--cd"), "DIR")
_ADD_DIR = Option(("--add-dir",), "DIR", repeatable=True)
_SEARCH = Option(("--search",))
_BYPASS = Option(("--yolo", "--dangerously-bypass-approvals-and-sandbox"))

_STRICT = Option(("--strict-config",))

_IGNORED = (
    Option(("--oss",)),
    Option(("--local-provider",), "OSS_PROVIDER"),
    Option(("--no-alt-screen",)),
    Option(("--dangerously-bypass-hook-trust",)),
)
"""What the reference takes before any command, and what makes no difference to a prompt."""

_ANYWHERE = (_CONFIG, _ENABLE, _DISABLE, _HELP)
_BEFORE = (
    *_ANYWHERE,
    *(_IMAGE, _MODEL, _PROFILE, _SANDBOX, _APPROVAL, _CD, _ADD_DIR, _SEARCH, _BYPASS, _STRICT),
    *_IGNORED,
)

_USAGE = "Usage: codex-app-server [OPTIONS] debug prompt-input [OPTIONS] [PROMPT]"
_HELP_TEXT = f"""{_USAGE}

Prints, as JSON, the input list that the first turn of a new thread would send to the model. Nothing is sent.

Before `debug`:
  -m, --model MODEL               the model to build for
  -p, --profile NAME              a profile of config.toml
  -s, --sandbox MODE              read-only, workspace-write or danger-full-access
  -a, --ask-for-approval POLICY   untrusted, on-failure, on-request or never
  -C, --cd DIR                    the folder of the thread
      --add-dir DIR               one more folder that may be written (repeatable)
      --search                    live web search
      --dangerously-bypass-approvals-and-sandbox

Anywhere:
  -c, --config KEY=VALUE          override a configuration value (repeatable)
      --enable, --disable NAME    switch a feature (repeatable)
  -i, --image FILE...             attach images; end the list with -- before the prompt
  -h, --help

After `prompt-input`, for people:
      --tree                      instead of the list, its parts with their bytes and estimated tokens
      --against FILE              instead of the list, how it differs from one that was printed to FILE;
                                  the exit code is 1 if it does
"""


@dataclass(slots=True)
class _Given:
    """What the command line said, by option."""

    values: dict[Option, list[str]] = field(default_factory=dict[Option, list[str]])
    prompt: str | None = None

    def add(self, option: Option, value: str) -> None:
        if option in self.values and not option.repeatable:
            raise UsageError(f"the argument '{option.shown}' cannot be used multiple times")
        self.values.setdefault(option, []).append(value)

    def all(self, option: Option) -> tuple[str, ...]:
        return tuple(self.values.get(option, ()))

    def one(self, option: Option) -> str | None:
        return next(iter(self.values.get(option, ())), None)


@dataclass(frozen=True, slots=True)
class PromptInputOptions:
    """The command line of `debug prompt-input`, understood."""

    overrides: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    model: str | None = None
    profile: str | None = None
    sandbox: str | None = None
    approval: str | None = None
    cwd: str | None = None
    add_dirs: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    prompt: str | None = None
    """None: no prompt was given; an empty one is a prompt."""
    tree: bool = False
    against: str | None = None
    help: bool = False
    strict: bool = False
    """It was asked for what no debug command does."""


def parse(argv: Sequence[str]) -> PromptInputOptions:
    """Read the words after the program's name, `debug prompt-input` among them. Raises UsageError."""
    words, given = Words(argv), _Given()
    command = [*_walk(words, given, _BEFORE, "debug"), *_walk(words, given, _ANYWHERE, "prompt-input")]
    before, given.prompt = given.prompt, None
    _walk(words, given, (*_ANYWHERE, _IMAGE, _TREE, _AGAINST), None)
    if command != ["debug", "prompt-input"] and _HELP not in given.values:
        raise UsageError(
            "'codex-app-server debug' requires a subcommand but one was not provided\n"
            "  [subcommands: prompt-input]"
        )
    if _BYPASS in given.values and _APPROVAL in given.values:
        raise UsageError(f"the argument '{_APPROVAL.shown}' cannot be used with '{_BYPASS.shown}'")
    if _TREE in given.values and _AGAINST in given.values:
        raise UsageError(f"the argument '{_TREE.shown}' cannot be used with '{_AGAINST.shown}'")
    bypass = _BYPASS in given.values
    prompt = before if given.prompt is None else given.prompt
    return PromptInputOptions(
        overrides=(*given.all(_CONFIG), *(['web_search="live"'] if _SEARCH in given.values else [])),
        enable=given.all(_ENABLE),
        disable=given.all(_DISABLE),
        model=given.one(_MODEL),
        profile=given.one(_PROFILE),
        sandbox="danger-full-access" if bypass else given.one(_SANDBOX),
        approval="never" if bypass else given.one(_APPROVAL),
        cwd=given.one(_CD),
        add_dirs=given.all(_ADD_DIR),
        images=given.all(_IMAGE),
        prompt=None if prompt is None else prompt.replace("\r\n", "\n").replace("\r", "\n"),
        tree=_TREE in given.values,
        against=given.one(_AGAINST),
        help=_HELP in given.values,
        strict=_STRICT in given.values,
    )


def _walk(words: Words, given: _Given, options: Sequence[Option], until: str | None) -> list[str]:
    """Take options and at most one prompt, up to and including the sub-command `until`."""
    for option, word in words.tokens(options):
        if option is not None:
            given.add(option, word)
        elif word == until:
            return [word]
        elif until == "prompt-input":
            raise UsageError(f"unrecognized subcommand '{word}'")
        elif given.prompt is None:
            given.prompt = word
        else:
            raise UsageError(f"unexpected argument '{word}' found")
    return []


def run(argv: Sequence[str], build: Build, environ: Mapping[str, str] = os.environ) -> int:
    """Carry the command out and return the exit code: 0, 1 for what goes wrong, 2 for a bad command line.

    Only the list goes to stdout, as JSON of two spaces' indent and one newline at the end (§1.2), or the view
    of it that was asked for.
    """
    try:
        options = parse(argv)
    except UsageError as error:
        sys.stderr.write(f"error: {error}\n\n{_USAGE}\n\nFor more information, try '--help'.\n")
        return 2
    if options.strict:
        sys.stderr.write("Error: `--strict-config` is not supported for `codex debug`\n")
        return 1
    if options.help:
        sys.stdout.write(_HELP_TEXT)
        return 0
    try:
        text, code = _render(options, build, environ)
    except Exception as error:  # noqa: BLE001 - whatever stops the building is told in one line
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return code if _written(text) else 1


def _written(text: bytes) -> bool:
    """Print it; False where nobody takes it, as when a pager was left or stdout is closed."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] - it is where the descriptor is closed
        return False
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    except OSError:
        # What is still buffered would be tried once more at the end, and fail in sight of the user.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def _render(options: PromptInputOptions, build: Build, environ: Mapping[str, str]) -> tuple[bytes, int]:
    """What is printed, and the exit code."""
    import anyio
    import orjson

    config = load_config(options, environ)
    prompt = anyio.run(build, config, user_inputs(options))
    if options.against is None and not options.tree:
        return orjson.dumps(prompt.input, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), 0
    from app_server.commands.prompt_views import differences, printed_list, tree

    if options.against is None:
        return tree(prompt.input, prompt.instructions).encode(), 0
    before = printed_list(orjson.loads(Path(options.against).read_bytes()))
    found = differences(before, prompt.input, options.against)
    return found.encode(), 1 if found else 0


def load_config(options: PromptInputOptions, environ: Mapping[str, str]) -> "Config":
    """The configuration of the thread. Raises what its parts raise for bad settings."""
    from dataclasses import replace

    from app_server.config.config import TypedOverrides
    from app_server.config.home import resolve_codex_home
    from app_server.config.loader import ConfigLoader

    loader = ConfigLoader(
        Path(resolve_codex_home(environ)),
        overrides=options.overrides,
        enable=options.enable,
        disable=options.disable,
    )
    config = loader.load(
        cwd=Path(options.cwd) if options.cwd else None,
        typed=TypedOverrides(
            model=options.model,
            approval_policy=cast("ApprovalPolicy | None", options.approval),
            sandbox_mode=cast("SandboxMode | None", options.sandbox),
            profile=options.profile,
        ),
    )
    if not options.add_dirs or config.sandbox.mode != "workspace-write":
        return config
    added = [os.path.normpath(config.cwd / folder) for folder in options.add_dirs]
    roots = (*config.sandbox.writable_roots, *added)
    return replace(config, sandbox=config.sandbox._replace(writable_roots=roots))


def user_inputs(options: PromptInputOptions) -> tuple["UserInput", ...]:
    """The images in the order given, then the prompt; paths stay as they were typed."""
    from protocol.input import LocalImageUserInput, TextUserInput

    images = (LocalImageUserInput(path=path) for path in options.images)
    text = () if options.prompt is None else (TextUserInput(text=options.prompt),)
    return (*images, *text)
