"""Servers of the configuration as it is now, for threads that were loaded before."""

from pathlib import Path

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp import configured_servers
from app_server.config.loader import ConfigLoader


def queue_servers(loaded: LoadedThreads, configs: ConfigLoader) -> None:
    """Let every loaded thread take up the servers of the files as they are now, with its next turn.

    Raises ConfigError.
    """
    for thread_id in loaded.ids():
        if (thread := loaded.get(thread_id)) is not None:
            session = thread.session
            session.mcp.queue(configured_servers(configs.load(cwd=Path(session.settings.cwd))))
