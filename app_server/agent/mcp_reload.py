"""Servers of the configuration as it is now, for threads that were loaded before."""

from pathlib import Path

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp import app_plugins, configured_servers
from app_server.config.loader import ConfigLoader


def queue_servers(loaded: LoadedThreads, configs: ConfigLoader) -> None:
    """Let every loaded thread take up the servers of the files as they are now, with its next turn.

    Raises ConfigError.
    """
    for thread_id in loaded.ids():
        if (thread := loaded.get(thread_id)) is not None:
            session = thread.session
            config = configs.load(cwd=Path(session.settings.cwd))
            session.mcp.queue(configured_servers(config, session.apps))
            if session.apps is not None:
                session.app_plugins = app_plugins(config)
