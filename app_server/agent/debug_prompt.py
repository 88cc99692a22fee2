"""`debug/buildPromptInput`: exactly what a turn would send, without sending it (prompt-input.md §1).

Without a thread, a private one is made for the purpose. It has no log, no clients and no attestation, is in
no list, and is shut down and then forgotten however the building ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio

from app_server.agent.called_for import called_for
from app_server.agent.identifiers import new_thread_id, new_turn_id
from app_server.agent.mcp import RequiredServersError, first_turn_seconds
from app_server.agent.opening import (
    Unheard,
    Upstream,
    instructions_of,
    open_session,
    user_instructions_of,
)
from app_server.agent.session import Session
from app_server.agent.settings import ThreadSettings
from app_server.agent.tool_host import toolbox_of
from app_server.agent.turn_context import new_context, next_prompt, turn_context
from app_server.config.config import Config
from app_server.prompt.prompt import Prompt
from app_server.prompt.user_input import read_user_message
from app_server.store.thread_log import MemoryLog
from protocol.input import UserInput

if TYPE_CHECKING:
    from app_server.agent.thread import AgentThread


class PromptPreview:
    """Builds prompts that are not sent. Owns the private threads while they live."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._private: dict[str, Session] = {}

    @property
    def private_threads(self) -> Sequence[str]:
        """Those that are being asked at this moment."""
        return tuple(self._private)

    async def of_new_thread(self, configure: Callable[[], Config], inputs: Sequence[UserInput]) -> Prompt:
        """The prompt of the first turn of a thread with this configuration.

        Raises what `configure` raises, and ProviderError.
        """
        config = configure()
        thread_id = new_thread_id()
        session = await open_session(
            self._upstream,
            config,
            MemoryLog(),
            Unheard(),
            thread_id=thread_id,
            session_id=thread_id,
            instructions=instructions_of(config),
            user_instructions=user_instructions_of(config).text,
            attestation=None,
            questions=Unheard(),
            ephemeral=True,
        )
        self._private[thread_id] = session
        try:
            return await _with_servers(session, inputs)
        finally:
            with anyio.CancelScope(shield=True):
                await session.release()
            del self._private[thread_id]

    @staticmethod
    async def of_thread(
        thread: "AgentThread", settings: ThreadSettings, inputs: Sequence[UserInput]
    ) -> Prompt:
        """The prompt of the next turn of a loaded thread, which is left untouched."""
        return await _build(replace(thread.session, settings=settings), inputs, as_in_turns=True)


async def _with_servers(session: Session, inputs: Sequence[UserInput]) -> Prompt:
    """The prompt once all servers have started or failed. Raises RequiredServersError."""
    prompt: Prompt | Exception | None = None
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(session.mcp.run)
        try:  # what is raised in here would come out of the group as one of many
            failures = await session.mcp.failures_of_required()
            prompt = RequiredServersError(failures) if failures else await _build(session, inputs)
        except Exception as error:  # noqa: BLE001 - raised below
            prompt = error
        await session.mcp.close()
    if isinstance(prompt, Exception):
        raise prompt
    assert prompt is not None  # noqa: S101 - one of the two was set
    return prompt


async def _build(session: Session, inputs: Sequence[UserInput], *, as_in_turns: bool = False) -> Prompt:
    """`as_in_turns` adds what a turn has and the reference's debug call has not (prompt-input.md §1.1)."""
    await session.mcp.wait_known(first_turn_seconds(session.config) if as_in_turns else None)
    context = await turn_context(session, new_turn_id(), memories=as_in_turns)
    items = new_context(session, context)
    called_apps: frozenset[str] = frozenset()
    if as_in_turns and session.apps is not None:
        from app_server.agent.apps import called_before  # few threads have any

        called_apps = await called_before(session, context)
    if inputs:
        items.append(await read_user_message(inputs))
        if as_in_turns:
            cwd = context.cwd if context.environments else None
            called = await called_for(session, inputs, cwd)
            items += called.items
            called_apps |= called.apps
    return next_prompt(session, context, toolbox_of(session, context, called_apps).specs, items)
