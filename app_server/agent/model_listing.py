"""Which models the process knows, kept new for all threads: by a provider's list, or by a file of the user's.

What asks the provider is imported with the first login that a provider would list its models for.
"""

from functools import cached_property
from typing import TYPE_CHECKING

import anyio

from app_server.agent.opening import Upstream, credentials_of, provider_of
from app_server.config.config import Config
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.model import catalog
from app_server.model.auth import is_of_account
from app_server.model.credentials import Credentials
from app_server.model.provider import ModelProvider, ProviderError

if TYPE_CHECKING:
    from app_server.model.catalog_source import CatalogSource


class ModelListing:
    """Asks the provider of the process. A list of the user's own (`model_catalog_json`) holds to the end."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader) -> None:
        self._upstream = upstream
        self._configs = configs
        self._asking_for: str | None = None
        self._is_ready = False
        self._readying = anyio.Lock()

    async def ready(self, config: Config) -> None:
        """Before a first thread chooses a model, and is told what its provider has to say to it.

        The list that a file has is used, however old, until another comes. Where there is none the provider
        is asked and waited for, once: without its list its models would be strangers.
        """
        if self._is_ready or not self._is_listed_for(config):
            return
        async with self._readying:
            if not self._is_ready and not self._source.recall():
                await self.refresh_for(config)
            self._is_ready = True

    async def refresh_for(self, config: Config) -> None:
        """`refresh`, if a thread of that configuration has use for it."""
        own = self._own_config() if self._is_listed_for(config) else None
        if own is not None:
            await self.refresh(own)

    async def refresh(self, config: Config) -> None:
        """Have a list of the last five minutes, if a provider gives one in time.

        `config` is that of the process, which names the provider to ask.
        """
        provider = self._provider(config)
        if provider is not None:
            await self._source.refresh(provider, self._credentials(provider))

    async def heard(self, provider_id: str, etag: str) -> None:
        """An answer of that provider named the list that it has. One question at a time is enough."""
        own = self._own_config()
        provider = None if own is None else self._provider(own)
        if provider is None or provider.id != provider_id or self._asking_for == etag:
            return
        self._asking_for = etag
        try:
            await self._source.heard(etag, provider, self._credentials(provider))
        finally:
            self._asking_for = None

    @cached_property
    def _source(self) -> "CatalogSource":
        from app_server.model.catalog_source import CatalogSource
        from app_server.model.login.issuer import Caller

        caller = Caller(self._upstream.http, self._upstream.identity)
        return CatalogSource(self._configs.codex_home, caller)

    def _own_config(self) -> Config | None:
        try:
            return self._configs.without_projects()
        except ConfigError:
            return None

    def _provider(self, config: Config) -> ModelProvider | None:
        """The provider that the configuration chose, if it is to be asked."""
        return provider_of(config, self._upstream.env) if self._is_listed_for(config) else None

    def _is_listed_for(self, config: Config) -> bool:
        """A provider is asked where a ChatGPT login, or a command's token, goes (model-client.md §12.1)."""
        if catalog.is_fixed() or has_own_list(config):
            return False
        try:
            provider = provider_of(config, self._upstream.env)
        except ProviderError:
            return False
        has_login = provider.takes_login and is_of_account(self._upstream.auth.current)
        return has_login or provider.command_auth is not None

    def _credentials(self, provider: ModelProvider) -> Credentials:
        return credentials_of(provider, self._upstream, self._configs.codex_home)


def has_own_list(config: Config) -> bool:
    """Whether the user names a file that lists the models."""
    return isinstance(config.values.get("model_catalog_json"), str)


def take_own_list(config: Config) -> str | None:
    """Use the list of `model_catalog_json`, at start-up; why that cannot be, or None."""
    if not has_own_list(config):
        return None
    from app_server.config.own_models import own_models  # few have such a file
    from app_server.model.catalog_entry import parse_models

    models = parse_models(own_models(config.values))
    if all(model.hidden for model, _ in models):
        path = config.values["model_catalog_json"]
        return f"The list of models in {path} has no model to choose; the built-in list is used."
    catalog.fix(model for model, _ in models)
    return None
