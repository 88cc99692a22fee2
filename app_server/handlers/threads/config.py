"""The configuration that a question is about: that of a loaded thread's folder, or the server's own."""

from pathlib import Path

from app_server.agent.loaded_threads import LoadedThreads
from app_server.config.config import Config
from app_server.config.loader import ConfigLoader
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of


def config_for(configs: ConfigLoader, loaded: LoadedThreads, thread_id: str | None) -> Config:
    """As the files are now. Raises RpcError for broken files, and for a thread that is not loaded."""
    with refusals():
        if thread_id is None:
            return configs.load()
        session = loaded.require(thread_id_of(thread_id)).session
        return configs.load(cwd=Path(session.settings.cwd))
