"""The turn, as its tools see it, and the facts that decide which tools it has."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal, NoReturn, cast

import anyio

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.command_place import command_place
from app_server.agent.identifiers import unix_millis
from app_server.agent.mcp import mcp_turn, offered_servers
from app_server.agent.session import Session
from app_server.agent.shown_items import item_completed, item_started, tell_diff
from app_server.agent.waiting import ask_clients
from app_server.config.agents import described_roles, may_spawn
from app_server.config.web_search import mode_in
from app_server.config.writable_places import writable_roots
from app_server.model.model_info import ModelInfo
from app_server.prompt.context import TurnContext
from app_server.store import records
from app_server.store.recorded_form import recorded_form
from app_server.tools.approvals.grants import NOTHING, Grant
from app_server.tools.approvals.thread import TurnApprovals
from app_server.tools.call import FileState, ToolRefusal
from app_server.tools.context import ToolContext, WebSearch
from app_server.tools.dynamic import DynamicTool
from app_server.tools.host import CommandPlace
from app_server.tools.toolbox import Toolbox
from protocol.item import FileChangeThreadItem, McpToolCallThreadItem, ThreadItem
from protocol.wire import JsonObject, WireModel

if TYPE_CHECKING:
    from app_server.tools.approvals.subject import Judgement, Subject
    from app_server.tools.crew import Crew
    from app_server.tools.goal_book import GoalBook
    from protocol.permissions import PermissionGrantScope

_PLACE: Final = ("country", "region", "city", "timezone")


def toolbox_of(session: Session, context: TurnContext, called_apps: frozenset[str] = frozenset()) -> Toolbox:
    """The tools of a turn with these settings, in which the user called these apps."""
    config = session.config
    return Toolbox(
        ToolContext(
            model=context.model,
            features=config.features,
            environments=len(context.environments),
            allow_login_shell=config.allow_login_shell,
            ephemeral=session.ephemeral,
            web_search=_web_search(session, context),
            chatgpt_login=session.client.credentials.of_account,
            may_spawn_agents=may_spawn(config, 0 if session.lineage is None else session.lineage.depth),
            agent_roles=described_roles(config),
            mcp_configured=session.mcp.configured,
            mcp_servers=offered_servers(session),
            called_apps=called_apps,
            dynamic_tools=session.dynamic_tools,
            namespaces=not session.client.provider.plain_tools_only,
        )
    )


def _web_search(session: Session, context: TurnContext) -> WebSearch | None:
    mode = mode_in(session.config, context.sandbox)
    if mode == "disabled" or session.client.provider.plain_tools_only:
        return None
    table = session.config.table("tools").get("web_search")
    options: JsonObject = table if isinstance(table, dict) else {}
    size, domains, location = (options.get(key) for key in ("context_size", "allowed_domains", "location"))
    place = location if isinstance(location, dict) else {}
    return WebSearch(
        live=mode == "live",
        context_size=cast('Literal["low", "medium", "high"] | None', size),
        allowed_domains=tuple(map(str, domains)) if isinstance(domains, list) else None,
        location=tuple((key, str(place[key])) for key in _PLACE if key in place) or None,
    )


class TurnHost:
    """Implements `tools.host.ToolHost`."""

    def __init__(self, session: Session, turn: ActiveTurn, context: TurnContext) -> None:
        self.mcp = mcp_turn(session, context, turn.started_ms)
        self._toolbox = toolbox_of(session, context, turn.called_apps)
        self._offered = session.mcp.version, turn.called_apps
        self._session = session
        self._turn = turn
        self._context = context
        self._began: dict[str, int] = {}
        self._commands: CommandPlace | None = None
        self._granted = NOTHING
        """What the turn may do beyond the sandbox."""

    @property
    def toolbox(self) -> Toolbox:
        """The tools as they are now: servers that were late join the requests after their start."""
        offered = self._session.mcp.version, self._turn.called_apps
        if self._offered != offered:
            self._offered = offered
            self._toolbox = toolbox_of(self._session, self._context, self._turn.called_apps)
        return self._toolbox

    @property
    def thread_id(self) -> str:
        return self._session.thread_id

    @property
    def turn_id(self) -> str:
        return self._turn.id

    @property
    def cwd(self) -> str:
        return self._context.cwd

    @property
    def commands(self) -> CommandPlace:
        if self._commands is None:
            self._commands = command_place(self._session, self._context)
        return self._commands

    @property
    def model(self) -> ModelInfo:
        return self._context.model

    @property
    def mode(self) -> Literal["plan", "default"]:
        return self._context.collaboration_in_use.mode

    @property
    def deferred_tools(self) -> Sequence[DynamicTool]:
        return self.toolbox.deferred

    @property
    def agents(self) -> "Crew":
        crew = self._session.crew
        if crew is None:
            raise ToolRefusal("agents are not available here")
        return crew()

    @property
    def goals(self) -> "GoalBook":
        goals = self._session.goals
        if goals is None:
            raise ToolRefusal("goals are not available here")
        return goals

    @property
    def approvals(self) -> TurnApprovals:
        context = self._context
        return TurnApprovals(
            context.approval_policy,
            context.sandbox,
            writable_roots(context.sandbox, context.sandbox_cwd, context.tmpdir),
            self._session.approvals,
            self._session.approvals.granted | self._granted,
        )

    def grant(self, rights: Grant, scope: "PermissionGrantScope") -> None:
        if scope == "session":
            self._session.approvals.granted |= rights
        else:
            self._granted |= rights

    async def judge(self, subject: "Subject") -> "Judgement | None":
        hooks = self._session.hooks
        if hooks is not None and subject.names:
            from app_server.agent.hooks.permissions import judged_by_hooks  # few threads have hooks

            judgement = await judged_by_hooks(self._session, self._turn, hooks, subject)
            if judgement is not None:
                return judgement
        reviewer = self._session.reviewer
        if reviewer is None or not self._context.auto_review:
            return None
        return await reviewer(self._session, self._turn, subject)

    @contextmanager
    def waiting_on_approval(self) -> Generator[None]:
        """An interrupt leaves the status to the turn's end."""
        status = self._session.status
        status.approval_asked()
        try:
            yield
        except anyio.get_cancelled_exc_class():
            raise
        except BaseException:
            status.approval_resolved()
            raise
        status.approval_resolved()

    async def end_turn(self) -> NoReturn:
        self._turn.scope.cancel()
        while True:
            await anyio.sleep_forever()

    def now_ms(self) -> int:
        return unix_millis()

    def files_changed(self, states: Sequence[FileState]) -> None:
        from app_server.agent.turn_diff import TurnDiff  # most turns change no file

        diff = self._turn.diff
        if diff is None:
            diff = self._turn.diff = TurnDiff(self.cwd)
        diff.add(states)
        tell_diff(self._session, self._turn)

    def has(self, feature: str) -> bool:
        return self._session.config.feature(feature)

    def emit(self, event: WireModel) -> None:
        self._session.sink.emit(event)

    def started(self, item: ThreadItem) -> None:
        self._began[item.id] = item_started(self._session, self._turn, item)

    def completed(self, item: ThreadItem) -> None:
        ended = item_completed(self._session, self._turn, item)
        if isinstance(item, McpToolCallThreadItem):
            self._session.conversation.log(records.mcp_tool_call_end(item.to_wire()))
            return
        if isinstance(item, FileChangeThreadItem):
            self._session.conversation.log(records.patch_apply_end(self.turn_id, item.to_wire()))
            return
        self._session.conversation.log(
            records.item_completed(
                self.thread_id,
                self.turn_id,
                recorded_form(item.to_wire()),
                completed_at_ms=ended,
                started_at_ms=self._began.pop(item.id, None),
            )
        )

    async def ask(self, method: str, params: WireModel) -> WireModel:
        return await ask_clients(self._session, method, params)
