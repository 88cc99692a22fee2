"""All apps of an account: what the directory knows of, and what its server has tools of (services.md §9)."""

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence

import anyio
import anyio.to_thread

from app_server.agent.mcp import app_plugins
from app_server.agent.mcp_visit import visited
from app_server.agent.opening import Upstream, hosted_apps
from app_server.apps.app import App, apps_of
from app_server.apps.directory import AppDirectoryError, DirectoryApp, read_directory
from app_server.apps.hosted import HostedApps
from app_server.apps.listing import ListedApp, merged
from app_server.config.config import Config
from app_server.model.login.issuer import Caller

logger = logging.getLogger("app_server.apps")

Tell = Callable[[list[ListedApp]], None]
"""Told of the list as it grows."""


class AppCatalogue:
    """Keeps what is known for the account that was asked for last, until somebody wants it anew."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._account: str | None = None
        self._accessible: Sequence[App] | None = None
        self._directory: Sequence[DirectoryApp] | None = None

    async def apps(
        self, config: Config, *, anew: bool = False, tell: Tell | None = None
    ) -> list[ListedApp] | None:
        """The list; None while nobody is logged in with ChatGPT, or apps are off. Raises AppDirectoryError.

        `tell` hears of it as soon as it holds something that can be used, after each of the two sources that
        changed it, and when it is whole.
        """
        hosted = hosted_apps(self._upstream)
        login = None if hosted is None or hosted.server(config) is None else await hosted.login()
        if hosted is None or login is None:
            return None
        if login.account_id != self._account:
            self._account, self._accessible, self._directory = login.account_id, None, None
        plugins = await anyio.to_thread.run_sync(app_plugins, config)
        told: list[ListedApp] | None = None

        def growing(*, whole: bool) -> list[ListedApp]:
            nonlocal told
            rows = merged(self._directory, self._accessible or (), plugins)
            if tell is not None and rows != told and (whole or any(row.accessible for row in rows)):
                told = rows
                tell(rows)
            return rows

        missing: list[Callable[[], Awaitable[None]]] = []
        if anew or self._accessible is None:
            missing.append(lambda: self._ask_server(hosted, config))
        if anew or self._directory is None:
            missing.append(lambda: self._ask_directory(hosted, config))
        if len(missing) < 2 or anew:
            growing(whole=not missing)
        await _each_told(missing, lambda: growing(whole=False))
        return growing(whole=True)

    def has_account(self, config: Config) -> bool:
        """Whether there is an account that could have apps, and they are on."""
        hosted = hosted_apps(self._upstream)
        return hosted is not None and hosted.server(config) is not None

    async def of_plugin(self, config: Config, app_ids: Collection[str]) -> list[ListedApp]:
        """These apps by name, as far as anything is known of them."""
        try:
            known = await self.apps(config) is not None
        except AppDirectoryError as error:
            logger.warning("the apps of a plugin are shown by their ids: %s", error)
            known = False
        directory, accessible = (self._directory, self._accessible) if known else ((), ())
        rows = merged(directory or (), accessible or (), dict.fromkeys(app_ids, ()))
        return sorted((row for row in rows if row.app.id in app_ids), key=lambda row: row.app.name)

    async def _ask_server(self, hosted: HostedApps, config: Config) -> None:
        """A server that cannot be asked has, for now, what it had before."""
        settings = hosted.server(config)
        if settings is None:
            return
        async with visited(config, [settings], self._upstream.http, hosted) as servers:
            offering = servers.offering
        self._accessible = apps_of(tool for connection in offering for tool in connection.tools)

    async def _ask_directory(self, hosted: HostedApps, config: Config) -> None:
        login = await hosted.login()
        if login is None:
            raise AppDirectoryError("nobody is logged in any more")
        caller = Caller(self._upstream.http, self._upstream.identity)
        self._directory = await read_directory(caller, config.chatgpt_base_url, login.headers)


async def _each_told(sources: Sequence[Callable[[], Awaitable[None]]], tell: Callable[[], object]) -> None:
    """Ask all sources at once. Raises what the first to fail raised, when all have ended."""
    failures: list[AppDirectoryError] = []

    async def ask(source: Callable[[], Awaitable[None]]) -> None:
        try:
            await source()
        except AppDirectoryError as error:
            failures.append(error)
        else:
            tell()

    async with anyio.create_task_group() as tasks:
        for source in sources:
            tasks.start_soon(ask, source)
    if failures:
        raise failures[0]
