"""Commands that the user runs beside the model: in the running turn, or in one of their own (§3.13, §7-L).

What came of one is a message in the history, which a running turn takes up with its next request.
"""

import os
from typing import NamedTuple

import anyio

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.session import Session
from app_server.agent.tool_host import TurnHost
from app_server.agent.turn import begin_turn, carry_out
from app_server.agent.turn_context import turn_context
from app_server.exec.environment import EnvironmentPolicy
from app_server.prompt.markers import user_shell_command_message
from app_server.tools.commands.user_command import UserCommand, UserResult, aborted, run_user_command


class Joined(NamedTuple):
    """A command that runs within a turn. Implements `active_turn.Beside`."""

    session: Session
    turn: ActiveTurn
    command: UserCommand
    scope: anyio.CancelScope
    done: anyio.Event

    async def end(self) -> None:
        self.scope.cancel()
        await self.done.wait()

    async def wait(self) -> None:
        await self.done.wait()

    async def run(self) -> None:
        """Run it, and leave what the model is to be told with the turn."""
        began = anyio.current_time()
        result = None
        try:
            with self.scope:
                result = await _run(self.session, self.turn, self.command)
        finally:
            told = result or aborted(anyio.current_time() - began)
            message = user_shell_command_message(
                self.command.script, told.exit_code, told.seconds, told.output
            )
            self.turn.told.append(message)
            self.done.set()


def join(session: Session, turn: ActiveTurn, command: UserCommand) -> Joined:
    """Have the turn wait for a command, which `run` begins."""
    joined = Joined(session, turn, command, anyio.CancelScope(), anyio.Event())
    turn.beside.append(joined)
    return joined


async def run_command_turn(session: Session, turn: ActiveTurn, command: UserCommand) -> None:
    """A turn that is one command of the user's, and those that join it. Raises as `run_turn`."""
    begin_turn(session, turn)

    async def work() -> None:
        await join(session, turn, command).run()
        await turn.wait_beside()

    await carry_out(session, turn, work)


async def _run(session: Session, turn: ActiveTurn, command: UserCommand) -> UserResult:
    host = TurnHost(session, turn, await turn_context(session, turn.id))
    policy = EnvironmentPolicy.from_config(session.config.table("shell_environment_policy"))
    env = {**policy.apply(os.environ), "CODEX_THREAD_ID": session.thread_id}
    return await run_user_command(command, host, env)
