"""`config/read` and `configRequirements/read` (persistence.md §11.4, §11.5)."""

from pathlib import Path

from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.config.read import ReadError, read_config, read_error
from app_server.config.requirements import requirements_on_wire
from app_server.handlers.base import Call
from protocol.config import ConfigReadParams, ConfigReadResponse
from protocol.config_requirements import ConfigRequirementsReadResponse
from protocol.jsonrpc import internal_error


class ConfigHandlers:
    """Shows the configuration; `config_writes` changes it."""

    def __init__(self, configs: ConfigLoader) -> None:
        self._configs = configs

    async def read(self, _call: Call, params: ConfigReadParams) -> ConfigReadResponse:
        """The merged layers and where each value comes from. Without a folder there are no project layers."""
        try:
            loaded = self._configs.layers(Path(params.cwd) if params.cwd else None)
            response = read_config(
                loaded.stack, include_layers=params.include_layers, enablement=self._configs.enablement
            )
        except ConfigError as error:
            raise internal_error(str(read_error(error))) from error
        except ReadError as error:
            raise internal_error(str(error)) from error
        return ConfigReadResponse.model_validate(response)

    async def requirements(self, _call: Call, _params: None) -> ConfigRequirementsReadResponse:
        try:
            loaded = self._configs.layers(None)
        except ConfigError as error:
            raise internal_error(str(read_error(error))) from error
        return ConfigRequirementsReadResponse.model_validate(
            {"requirements": requirements_on_wire(loaded.requirements)}
        )
