"""What the commands of a turn run with: their environment, and the thread's terminals (tools.md §3.5)."""

import os

from app_server.agent.session import Session
from app_server.exec.environment import FOR_SESSIONS, NO_NETWORK, EnvironmentPolicy
from app_server.prompt.context import TurnContext
from app_server.prompt.sandbox import has_network
from app_server.tools.host import CommandPlace


def command_place(session: Session, context: TurnContext) -> CommandPlace:
    """Made once for a turn."""
    policy = EnvironmentPolicy.from_config(session.config.table("shell_environment_policy"))
    environment = {
        **policy.apply(os.environ),
        "CODEX_THREAD_ID": session.thread_id,
        **({} if has_network(context.sandbox) else NO_NETWORK),
    }
    return CommandPlace(
        terminals=session.terminals,
        environment=environment,
        session_environment={**environment, **FOR_SESSIONS},
        allow_login=session.config.allow_login_shell,
        drain=session.sink.drain,
    )
