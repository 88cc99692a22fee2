"""What `debug prompt-input` is made of: a process that builds one prompt, without a server around it.

Nothing of threads, methods and connections is imported, because the importing is most of what it does.
"""

import gc
import os
from collections.abc import Sequence

from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.opening import Upstream
from app_server.commands.debug_prompt import run
from app_server.config.config import Config
from app_server.http.client import HttpClient
from app_server.model.auth import AuthStore
from app_server.model.offline.embedded import EmbeddedOffline
from app_server.prompt.prompt import Prompt
from app_server.rpc.user_agent import Identity
from app_server.skills.library import SkillLibrary
from app_server.store.installation import installation_id_or_new
from protocol.input import UserInput


def debug_prompt(argv: Sequence[str]) -> int:
    """The exit code (prompt-input.md §1.2)."""
    gc.disable()  # little is thrown away in the life of such a process
    return run(argv, _build_prompt, os.environ)


async def _build_prompt(config: Config, inputs: Sequence[UserInput]) -> Prompt:
    """The prompt of a private thread."""
    async with EmbeddedOffline(os.environ) as offline:
        upstream = Upstream(
            AuthStore(config.codex_home),
            HttpClient(os.environ),
            Identity(os.environ, ""),
            installation_id_or_new(config.codex_home),
            os.environ,
            offline,
            SkillLibrary(os.environ),
        )
        return await PromptPreview(upstream).of_new_thread(lambda: config, inputs)
