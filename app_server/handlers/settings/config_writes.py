"""`config/value/write`, `config/batchWrite`, `experimentalFeature/enablement/set` (persistence.md §11.6)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app_server.agent.loaded_threads import LoadedThreads
from app_server.config.edit import Edit
from app_server.config.errors import ConfigError
from app_server.config.features import UnknownFeatureError, check_enablement, effective_features
from app_server.config.loader import ConfigLoader
from app_server.config.write import WriteError, Written, edit_of
from app_server.handlers.base import Call, Reply
from protocol.config_write import (
    ConfigBatchWriteParams,
    ConfigValueWriteParams,
    ConfigWriteResponse,
)
from protocol.feature import (
    ExperimentalFeatureEnablementSetParams,
    ExperimentalFeatureEnablementSetResponse,
)
from protocol.jsonrpc import internal_error, invalid_request


class ConfigWriteHandlers:
    """Changes the user's config.toml, and what is switched for the life of the process."""

    def __init__(self, configs: ConfigLoader, loaded: LoadedThreads, tell_apps: Callable[[], None]) -> None:
        """`tell_apps` lets clients have the list of apps, in its own time."""
        self._configs = configs
        self._loaded = loaded
        self._tell_apps = tell_apps

    async def write_value(self, _call: Call, params: ConfigValueWriteParams) -> ConfigWriteResponse:
        def edits() -> Sequence[Edit]:
            return [edit_of(params.key_path, params.value, upsert=params.merge_strategy == "upsert")]

        return _on_wire(self._write(edits, params.file_path, params.expected_version))

    async def write_batch(self, _call: Call, params: ConfigBatchWriteParams) -> ConfigWriteResponse:
        """All edits or none; loaded threads take the file up only if they are told to."""

        def edits() -> Sequence[Edit]:
            return [
                edit_of(one.key_path, one.value, upsert=one.merge_strategy == "upsert")
                for one in params.edits
            ]

        written = self._write(edits, params.file_path, params.expected_version)
        if params.reload_user_config:
            self._reload()
        return _on_wire(written)

    async def set_enablement(
        self, _call: Call, params: ExperimentalFeatureEnablementSetParams
    ) -> Reply[ExperimentalFeatureEnablementSetResponse]:
        """Switch features until the server ends. A configuration file, or a flag, has the last word."""
        try:
            check_enablement(params.enablement)
        except UnknownFeatureError as error:
            raise invalid_request(str(error)) from error
        self._configs.enablement.update(params.enablement)
        for thread_id in self._loaded.ids():
            session = self._loaded.require(thread_id).session
            configured = session.config.table("features")
            features = effective_features(configured, self._configs.enablement)
            session.config = replace(session.config, features=features)
        answer = ExperimentalFeatureEnablementSetResponse(enablement=params.enablement)
        return Reply(answer, self._tell_apps if params.enablement.get("apps") else _nothing)

    def _write(
        self, edits: Callable[[], Sequence[Edit]], file: str | None, expected_version: str | None
    ) -> Written:
        try:
            # On the loop, and in no thread, so that whatever is asked after it finds the new file.
            return self._configs.write(edits(), file=file, expected_version=expected_version)
        except WriteError as error:
            raise invalid_request(str(error), {"config_write_error_code": error.code}) from error
        except ConfigError as error:
            raise internal_error(f"failed to load configuration: {error}") from error

    def _reload(self) -> None:
        """A thread that the new file does not fit keeps what it has."""
        for thread_id in self._loaded.ids():
            session = self._loaded.require(thread_id).session
            try:
                session.config = self._configs.reloaded(session.config)
            except ConfigError as error:
                session.warn(f"The changed configuration is not used: {error}")


def _on_wire(written: Written) -> ConfigWriteResponse:
    override = written.override
    return ConfigWriteResponse.model_validate(
        {
            "status": "ok" if override is None else "okOverridden",
            "version": written.version,
            "filePath": str(written.file),
            "overriddenMetadata": override
            and {
                "message": override.message,
                "overridingLayer": {"name": override.source.to_wire(), "version": override.version},
                "effectiveValue": override.effective,
            },
        }
    )


def _nothing() -> None:
    """Nobody needs to know."""
