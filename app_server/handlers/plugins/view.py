"""Plugins and marketplaces as the wire shows them (services.md §9). Reads their folders; blocks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

from app_server.apps.directory import DirectoryApp, install_url
from app_server.apps.listing import ListedApp
from app_server.config.config import Config
from app_server.handlers.plugins.skills import interface_of
from app_server.hooks.discovery import hooks_in
from app_server.plugins.brought import hooks_of
from app_server.plugins.installed import Plugin, installed_folder, is_enabled
from app_server.plugins.manifest import Manifest, inside, read_manifest
from app_server.plugins.marketplace import Entry, GitSource, LocalSource, Marketplace, Source
from app_server.plugins.names import PluginError
from app_server.skills.discovery import SkillRoot, search
from app_server.skills.skill import Skill
from app_server.skills.switches import disabled, switches
from protocol.app import AppSummary
from protocol.hook import HookEventName
from protocol.plugin import (
    GitPluginSource,
    LocalPluginSource,
    NpmPluginSource,
    PluginDetail,
    PluginHookSummary,
    PluginInterface,
    PluginSource,
    PluginSummary,
)
from protocol.plugin_call import MarketplaceInterface, PluginMarketplaceEntry
from protocol.skill import SkillSummary
from protocol.wire import JsonObject, JsonValue

_TEXTS: Final = (
    *("displayName", "shortDescription", "longDescription", "developerName", "category", "brandColor"),
    *("websiteURL", "privacyPolicyURL", "termsOfServiceURL"),
)
_PICTURES: Final = ("composerIcon", "logo", "logoDark")


def marketplace_row(
    marketplace: Marketplace, entries: Sequence[Entry], config: Config
) -> PluginMarketplaceEntry:
    """A marketplace with these of its plugins."""
    shown = marketplace.display_name
    return PluginMarketplaceEntry(
        name=marketplace.name,
        path=marketplace.file,
        interface=None if shown is None else MarketplaceInterface(display_name=shown),
        plugins=[summary(entry, config) for entry in entries],
    )


def summary(entry: Entry, config: Config) -> PluginSummary:
    """A plugin in short; what its manifest says only where that is on this machine."""
    plugin_id = str(entry.id)
    installed = installed_folder(plugin_id, config.codex_home)
    folder = entry.source.folder if isinstance(entry.source, LocalSource) else installed
    manifest = None if folder is None else read_manifest(folder)
    return PluginSummary(
        id=plugin_id,
        local_version=None if manifest is None else manifest.version,
        name=entry.id.name,
        source=_source(entry.source),
        installed=installed is not None,
        enabled=installed is not None and is_enabled(plugin_id, config),
        install_policy=entry.installation,
        auth_policy=entry.authentication,
        interface=_interface(manifest, folder or "", entry.category),
        keywords=[] if manifest is None else list(manifest.keywords),
    )


def detail(marketplace: Marketplace, entry: Entry, config: Config) -> PluginDetail:
    """A plugin in full. Raises PluginError when its folder is none."""
    plugin = _whole(entry, config)
    manifest = None if plugin is None else plugin.manifest
    return PluginDetail(
        marketplace_name=marketplace.name,
        marketplace_path=marketplace.file,
        summary=summary(entry, config),
        description=_elsewhere(entry.source) if manifest is None else manifest.description,
        skills=[] if plugin is None else _skills(plugin, config),
        hooks=[] if plugin is None else _hooks(plugin, config),
        apps=[] if manifest is None else [_app(app_id) for app_id in manifest.apps],
        app_templates=[],
        mcp_servers=[] if manifest is None else list(manifest.mcp_servers),
    )


def _whole(entry: Entry, config: Config) -> Plugin | None:
    """The plugin as it lies in its marketplace, or else as it is installed."""
    if isinstance(entry.source, LocalSource):
        folder = entry.source.folder
        if not Path(folder).is_dir():
            raise PluginError("path does not exist or is not a directory")
    else:
        installed = installed_folder(str(entry.id), config.codex_home)
        if installed is None:
            return None
        folder = installed
    manifest = read_manifest(folder)
    if manifest is None:
        raise PluginError("missing or invalid plugin.json")
    return Plugin(str(entry.id), folder, manifest)


def _skills(plugin: Plugin, config: Config) -> list[SkillSummary]:
    roots = (SkillRoot(folder, "user", plugin.id) for folder in plugin.manifest.skill_folders)
    found = {skill.path: skill for root in roots for skill in search(root).skills}
    off = disabled(found.values(), switches(config))
    return [_skill(skill, enabled=skill.path not in off) for skill in found.values()]


def _skill(skill: Skill, *, enabled: bool) -> SkillSummary:
    return SkillSummary(
        name=skill.name,
        description=skill.description,
        short_description=skill.short_description,
        interface=interface_of(skill),
        path=skill.path,
        enabled=enabled,
    )


def _hooks(plugin: Plugin, config: Config) -> list[PluginHookSummary]:
    return [
        PluginHookSummary(key=hook.key, event_name=cast("HookEventName", hook.moment.wire))
        for file in hooks_of(plugin, config.codex_home)
        for hook in hooks_in(file).hooks
    ]


def app_summary(row: ListedApp) -> AppSummary:
    """An app in short."""
    app = row.app
    described = app.facts.get("description")
    return AppSummary(
        id=app.id,
        name=app.name,
        description=described if isinstance(described, str) else None,
        install_url=install_url(app.id, app.name),
        needs_auth=not row.accessible,
    )


def _app(app_id: str) -> AppSummary:
    """An app of which nothing is known but that a plugin wants it."""
    return app_summary(ListedApp(DirectoryApp(app_id, app_id, {}), accessible=False))


def _source(source: Source) -> PluginSource:
    match source:
        case LocalSource():
            return LocalPluginSource(path=source.folder)
        case GitSource():
            return GitPluginSource(url=source.url, path=source.folder, ref_name=source.ref, sha=source.sha)
        case _:
            return NpmPluginSource(package=source.package, version=source.version, registry=source.registry)


def _elsewhere(source: Source) -> str:
    if not isinstance(source, GitSource):
        return "This plugin comes from a registry of packages. Install it to see what it brings."
    parts = [source.url]
    parts += [f"ref `{source.ref}`"] if source.ref else []
    parts += [f"sha `{source.sha}`"] if source.sha else []
    return f"This plugin comes from another repository: {', '.join(parts)}. Install it to see what it brings."


def _interface(manifest: Manifest | None, folder: str, category: str | None) -> PluginInterface | None:
    """How the plugin is shown. The marketplace's category goes before its own."""
    values = None if manifest is None else manifest.interface
    if values is None:
        return None if category is None else PluginInterface.model_validate(_nothing(category))
    found: JsonObject = _nothing(category)
    for key in _TEXTS:
        if isinstance(text := values.get(key, values.get(_wire(key))), str) and text.strip():
            found.setdefault(_wire(key), text.strip())
    for key in _PICTURES:
        found[key] = inside(values.get(key), folder)
    found["capabilities"] = _strings(values.get("capabilities"))
    prompts = values.get("defaultPrompt")
    found["defaultPrompt"] = [prompts] if isinstance(prompts, str) else _strings(prompts) or None
    shots = [inside(one, folder) for one in _strings(values.get("screenshots"))]
    found["screenshots"] = [one for one in shots if one is not None]
    return PluginInterface.model_validate(found)


def _nothing(category: str | None) -> JsonObject:
    empty: JsonObject = {"capabilities": [], "screenshots": [], "screenshotUrls": []}
    return empty if category is None else {**empty, "category": category}


def _wire(key: str) -> str:
    return f"{key.removesuffix('URL')}Url" if key.endswith("URL") else key


def _strings(value: JsonValue) -> list[JsonValue]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
