"""Tools without a turn: the facts that they are chosen by, and a host that remembers what they did."""

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

from app_server.config.features import effective_features
from app_server.config.permissions import ApprovalPolicy, SandboxPolicy
from app_server.config.rules import CommandRules
from app_server.exec.terminals import Terminals
from app_server.model.catalog import lookup
from app_server.model.model_info import ModelInfo
from app_server.tools.approvals.grants import Grant
from app_server.tools.approvals.subject import Judgement, Subject
from app_server.tools.approvals.thread import ThreadApprovals, TurnApprovals
from app_server.tools.call import FileState, ToolCall, Unanswered
from app_server.tools.context import McpServer, ToolContext, WebSearch
from app_server.tools.crew import Crew
from app_server.tools.dynamic import DynamicTool
from app_server.tools.goal_book import GoalBook
from app_server.tools.host import CommandPlace
from app_server.tools.mcp_turn import McpTurn
from protocol.item import ThreadItem
from protocol.permissions import PermissionGrantScope
from protocol.wire import WireModel

CACHED = WebSearch(live=False)


def tool_context(
    model: str = "gpt-5.4",
    /,
    *,
    on: Sequence[str] = (),
    off: Sequence[str] = (),
    environments: int = 1,
    allow_login_shell: bool = True,
    ephemeral: bool = False,
    web_search: WebSearch | None = CACHED,
    chatgpt_login: bool = False,
    may_spawn_agents: bool = True,
    mcp_servers: tuple[McpServer, ...] = (),
    dynamic_tools: tuple[DynamicTool, ...] = (),
) -> ToolContext:
    """The context of a plain turn, but for what the test says; `on` and `off` name features."""
    return ToolContext(
        model=lookup(model)[0],
        features=effective_features({**dict.fromkeys(on, True), **dict.fromkeys(off, False)}),
        environments=environments,
        allow_login_shell=allow_login_shell,
        ephemeral=ephemeral,
        web_search=web_search,
        chatgpt_login=chatgpt_login,
        may_spawn_agents=may_spawn_agents,
        mcp_configured=bool(mcp_servers),
        mcp_servers=mcp_servers,
        dynamic_tools=dynamic_tools,
    )


def call(name: str, arguments: str, call_id: str = "c1") -> ToolCall:
    return ToolCall(call_id, name, None, arguments)


async def _nobody_reads() -> None:
    """There is nobody to wait for."""


def command_place() -> CommandPlace:
    return CommandPlace(Terminals(), dict(os.environ), dict(os.environ), True, _nobody_reads)


@dataclass
class Host:
    """Implements `tools.host.ToolHost`."""

    cwd: str = "/"
    model: ModelInfo = field(default_factory=lambda: lookup("gpt-5.4")[0])
    mode: Literal["plan", "default"] = "default"
    deferred_tools: tuple[DynamicTool, ...] = ()
    features: frozenset[str] = frozenset()
    answer: Callable[[WireModel], WireModel] | None = None
    thread_id: str = "thread"
    turn_id: str = "turn"
    events: list[WireModel] = field(default_factory=list[WireModel])
    items: list[tuple[str, ThreadItem]] = field(default_factory=list[tuple[str, ThreadItem]])
    approvals: TurnApprovals = field(default_factory=lambda: turn_approvals("on-request"))
    changed: list[FileState] = field(default_factory=list[FileState])
    waiting: list[str] = field(default_factory=list[str])
    asked: list[tuple[str, WireModel]] = field(default_factory=list[tuple[str, WireModel]])

    grants: list[tuple[Grant, PermissionGrantScope]] = field(
        default_factory=list[tuple[Grant, PermissionGrantScope]]
    )
    judged: list[Subject] = field(default_factory=list[Subject])
    judgement: Judgement | None = None
    commands: CommandPlace = field(default_factory=command_place)
    crew: Crew | None = None

    @property
    def agents(self) -> Crew:
        assert self.crew is not None, "this test has no agents"
        return self.crew

    @property
    def goals(self) -> GoalBook:
        raise AssertionError("no test here has goals")

    def has(self, feature: str) -> bool:
        return feature in self.features

    def emit(self, event: WireModel) -> None:
        self.events.append(event)

    def started(self, item: ThreadItem) -> None:
        self.items.append(("+", item))

    def completed(self, item: ThreadItem) -> None:
        self.items.append(("-", item))

    async def ask(self, method: str, params: WireModel) -> WireModel:
        self.asked.append((method, params))
        if self.answer is None:
            raise Unanswered("nobody is there")
        return self.answer(params)

    @property
    def mcp(self) -> McpTurn:
        raise AssertionError("no test here has MCP servers")

    def grant(self, rights: Grant, scope: PermissionGrantScope) -> None:
        self.grants.append((rights, scope))

    async def judge(self, subject: Subject) -> Judgement | None:
        self.judged.append(subject)
        return self.judgement

    @contextmanager
    def waiting_on_approval(self) -> Generator[None]:
        self.waiting.append("waits")
        try:
            yield
        finally:
            self.waiting.append("goes on")

    async def end_turn(self) -> NoReturn:
        raise TurnEndedError

    def now_ms(self) -> int:
        return 1

    def files_changed(self, states: Sequence[FileState]) -> None:
        self.changed += states


class TurnEndedError(Exception):
    """A tool ended its turn."""


def turn_approvals(
    policy: ApprovalPolicy = "on-request",
    sandbox: SandboxPolicy = SandboxPolicy("workspace-write"),  # noqa: B008 - it is immutable
    *,
    roots: tuple[str, ...] = (),
    home: Path = Path("/nowhere"),
    rules: CommandRules = CommandRules(),  # noqa: B008 - it is immutable
) -> TurnApprovals:
    return TurnApprovals(policy, sandbox, roots, ThreadApprovals(home, rules))
