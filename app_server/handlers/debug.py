"""`debug/buildPromptInput`, and the method that exists to try the experimental gate."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.settings import ThreadSettings
from app_server.config.config import Config, TypedOverrides
from app_server.config.loader import ConfigLoader
from app_server.config.permission_profiles import Workspace, permissions_of_mode
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.overrides import policy_of, turn_settings
from app_server.handlers.turns.start import check_size
from app_server.prompt.prompt import Prompt, sizes
from protocol.debug import (
    DebugBuildPromptInputParams,
    DebugBuildPromptInputResponse,
    PromptItemSize,
    PromptPartSize,
    PromptSizes,
)
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse
from protocol.jsonrpc import invalid_request
from protocol.turn_start import TurnStartParams


class DebugHandlers:
    """Looks into what a turn would send."""

    def __init__(self, preview: PromptPreview, configs: ConfigLoader, loaded: LoadedThreads) -> None:
        self._preview = preview
        self._configs = configs
        self._loaded = loaded

    async def build_prompt_input(
        self, _call: Call, params: DebugBuildPromptInputParams
    ) -> DebugBuildPromptInputResponse:
        """The input of a new thread's first turn, or of the next turn of a loaded thread."""
        inputs = params.input or ()
        check_size(inputs)
        with refusals():
            if params.thread_id is None:
                prompt = await self._preview.of_new_thread(lambda: self._configure(params), inputs)
            else:
                thread = self._loaded.require(thread_id_of(params.thread_id))
                settings = self._settings(thread.session.settings, thread.session.config, params)
                prompt = await self._preview.of_thread(thread, settings, inputs)
        return _response(prompt, params.include or ())

    async def echo(self, _call: Call, params: MockExperimentalMethodParams) -> MockExperimentalMethodResponse:
        return MockExperimentalMethodResponse(echoed=params.value)

    def _configure(self, params: DebugBuildPromptInputParams) -> Config:
        return self._configs.load(
            cwd=Path(params.cwd) if params.cwd else None,
            request_config=params.config,
            typed=TypedOverrides(
                model=params.model,
                model_provider=params.model_provider,
                approval_policy=policy_of(params.approval_policy),
                sandbox_mode=params.sandbox,
                base_instructions=params.base_instructions,
                developer_instructions=params.developer_instructions,
                personality=params.personality,
            ),
        )

    @staticmethod
    def _settings(
        settings: ThreadSettings, config: Config, params: DebugBuildPromptInputParams
    ) -> ThreadSettings:
        """Those of the thread with the overrides that `turn/start` takes, and a sandbox by its mode alone."""
        if params.sandbox is not None and params.sandbox_policy is not None:
            raise invalid_request("`sandbox` cannot be combined with `sandboxPolicy`")
        asked = TurnStartParams(
            thread_id=params.thread_id or "",
            input=[],
            cwd=params.cwd,
            approval_policy=params.approval_policy,
            approvals_reviewer=params.approvals_reviewer,
            sandbox_policy=params.sandbox_policy,
            model=params.model,
            effort=params.effort,
            personality=params.personality,
            collaboration_mode=params.collaboration_mode,
        )
        settings = turn_settings(settings, config, asked)
        if params.sandbox is None:
            return settings
        workspace = Workspace(Path(settings.cwd), config.codex_home / "memories")
        found = permissions_of_mode(params.sandbox, config.table("sandbox_workspace_write"), workspace)
        return replace(settings, sandbox=found.sandbox)


def _response(prompt: Prompt, include: Collection[str]) -> DebugBuildPromptInputResponse:
    # Not validated: that would copy the items of a thread, of which there may be many.
    return DebugBuildPromptInputResponse.model_construct(
        input=list(prompt.input),
        instructions=prompt.instructions if "instructions" in include else None,
        tools=list(prompt.tools) if "tools" in include else None,
        sizes=_sizes(prompt) if "sizes" in include else None,
    )


def _sizes(prompt: Prompt) -> PromptSizes:
    items = [
        PromptItemSize(
            index=index,
            type=size.type,
            bytes=size.bytes,
            estimated_tokens=size.estimated_tokens,
            parts=[
                PromptPartSize(name=part.name, bytes=part.bytes, estimated_tokens=part.estimated_tokens)
                for part in size.parts
            ],
        )
        for index, size in enumerate(sizes(prompt))
    ]
    return PromptSizes(
        items=items,
        total_bytes=sum(item.bytes for item in items),
        total_estimated_tokens=sum(item.estimated_tokens for item in items),
    )
