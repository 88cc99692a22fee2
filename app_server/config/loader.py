"""Loads the configuration anew for every thread, resume and fork (persistence.md §11)."""

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app_server.config.build import FILES_OF_TEXT, build_config, profile_values
from app_server.config.check import check_strictly, check_values
from app_server.config.config import Config, TypedOverrides
from app_server.config.errors import ConfigError
from app_server.config.layers import CONFIG_FILE, LayerFiles, LayerStack, load_layers, with_user_layer
from app_server.config.merge import merge
from app_server.config.overrides import Override, feature_overrides, nest, parse_override, request_overrides
from app_server.config.requirements import REQUIREMENTS_FILE, Requirements, load_requirements
from app_server.config.toml import stamps_of
from app_server.config.trust import mark_trusted
from app_server.config.warnings import StartupWarning, broken_config, broken_rules, partly_used
from app_server.platform import system_config_folder
from protocol.wire import JsonValue

if TYPE_CHECKING:
    from app_server.config.edit import Edit
    from app_server.config.write import Written

_NOTHING = TypedOverrides()


class Loaded(NamedTuple):
    """What `config/read` needs: the layers of one moment, already checked."""

    stack: LayerStack
    requirements: Requirements


class Startup(NamedTuple):
    """The configuration of the process itself, and the warnings that each connection gets."""

    config: Config
    warnings: tuple[StartupWarning, ...]


class _Remembered(NamedTuple):
    """A configuration, and what must be as it was for it to hold."""

    stamps: tuple[object, ...]
    enablement: Mapping[str, bool]
    config: Config


class ConfigLoader:
    """The configuration of one process: its home, its flags, and where the system's files are.

    Raises OverrideError or UnknownFeatureError for flags that make no sense.
    """

    def __init__(
        self,
        codex_home: Path,
        *,
        overrides: Iterable[str] = (),
        enable: Iterable[str] = (),
        disable: Iterable[str] = (),
        system_folder: Path | None = None,
        launch_folder: Path | None = None,
    ) -> None:
        self.files = LayerFiles(codex_home, system_folder or Path(system_config_folder()))
        self.launch_folder = launch_folder or Path.cwd()
        self._flags: list[Override] = [parse_override(text) for text in overrides]
        self._flags += feature_overrides(enable, disable)
        self._trusted_in_memory: set[str] = set()
        self._writing = threading.Lock()
        self.enablement: dict[str, bool] = {}
        """What clients have switched until the server ends, instead of the features' defaults."""
        system, managed = self.files.system_folder, self.files.managed
        self._own_files = (system / CONFIG_FILE, system / REQUIREMENTS_FILE, self.files.user, managed)
        self._without_projects: _Remembered | None = None

    @property
    def codex_home(self) -> Path:
        return self.files.codex_home

    def load(
        self,
        *,
        cwd: Path | None = None,
        request_config: Mapping[str, JsonValue] | None = None,
        typed: TypedOverrides = _NOTHING,
    ) -> Config:
        """The configuration for a thread in `cwd` (the launch folder when None), as the files are now.

        A relative `cwd` is taken from the launch folder. Raises ConfigError; the edge says
        `failed to load configuration: ` before its text.
        """
        folder = self.absolute(cwd)
        loaded = self._layers(folder, request_config or {})
        check_values(loaded.stack)
        return build_config(
            loaded.stack,
            loaded.requirements,
            typed,
            codex_home=self.codex_home,
            cwd=folder,
            enablement=self.enablement,
        )

    def layers(self, cwd: Path | None) -> Loaded:
        """The layers alone; without `cwd` there are none of projects. Raises ConfigError."""
        return self._layers(self.absolute(cwd) if cwd else None, {})

    def defaults(self) -> Config:
        """What the process runs on when the user's files are broken: the flags alone. Raises ConfigError."""
        nowhere = LayerFiles(self.codex_home / ".none", self.codex_home / ".none")
        stack = load_layers(nowhere, nest(self._flags), cwd=None, base=self.launch_folder)
        check_values(stack)
        return build_config(
            stack, Requirements(), _NOTHING, codex_home=self.codex_home, cwd=self.launch_folder
        )

    def startup(self, *, strict: bool = False) -> Startup:
        """The configuration that the process itself starts on, and what a connection is told about it.

        Broken files cost a warning, and the process runs on defaults. Raises ConfigError when the flags alone
        are broken too, or, if `strict`, for the first key that nobody knows.
        """
        try:
            config = self.load()
        except ConfigError as error:
            try:
                return Startup(self.defaults(), (broken_config(error),))
            except ConfigError as worse:
                raise ConfigError(f"error loading default config after config error: {worse}") from worse
        if strict:
            check_strictly(config.stack)
        return Startup(config, (*broken_rules(config), *partly_used(config)))

    def without_projects(self) -> Config:
        """The configuration that no project has a word in, as the files are now; defaults for broken files.

        It is all there is for what projects may not set, and cheaper: no repository is looked for, and it is
        remembered until a file of it changes. Raises ConfigError when the flags alone are broken.
        """
        stamps = stamps_of(self._own_files)
        known = self._without_projects
        if known is not None and known.stamps == stamps and known.enablement == self.enablement:
            return known.config
        config = self._build_without_projects()
        reads_more = any(key in config.values for key in FILES_OF_TEXT)
        self._without_projects = (
            None if stamps is None or reads_more else _Remembered(stamps, dict(self.enablement), config)
        )
        return config

    def _build_without_projects(self) -> Config:
        try:
            stack, requirements = self.layers(None)
            check_values(stack)
            return build_config(
                stack,
                requirements,
                _NOTHING,
                codex_home=self.codex_home,
                cwd=self.launch_folder,
                enablement=self.enablement,
            )
        except ConfigError:
            return self.defaults()

    def absolute(self, cwd: Path | None) -> Path:
        """`cwd` from the launch folder, `.` and `..` folded away without looking at the disk."""
        return Path(os.path.normpath(self.launch_folder / cwd)) if cwd else self.launch_folder

    def trust(self, config: Config) -> None:
        """Mark the project of a thread as trusted; in this process at least, when the file cannot be written.

        For `thread/start` with a `cwd`, no decision, and permissions that may write (persistence.md §11.2).
        """
        project = config.stack.project
        if project is None:
            return
        target = project.trust_target
        with self._writing:
            try:
                mark_trusted(self.files.user, target)
            except ConfigError:
                self._trusted_in_memory.add(str(target))

    def switch_skill(self, name: str | None, path: str | None, *, enabled: bool) -> None:
        """Turn a skill on or off in the user's file, by name or else by path. Raises ConfigError. Blocks."""
        from app_server.config.skill_switches import switch_skill  # a rare write

        key, value = ("name", name) if name else ("path", os.path.realpath(path or ""))
        with self._writing:
            switch_skill(self.files.user, key, value, enabled=enabled)

    def write(
        self, edits: Sequence["Edit"], *, file: str | None = None, expected_version: str | None = None
    ) -> "Written":
        """Edit the user's file (persistence.md §11.6). Raises WriteError and ConfigError. Blocks."""
        from app_server.config.write import write_edits  # a rare write

        def load() -> tuple[LayerStack, Requirements]:
            loaded = self.layers(None)
            return loaded.stack, loaded.requirements

        with self._writing:
            return write_edits(
                self.files.user, edits, load, asked_file=file, expected_version=expected_version
            )

    def reloaded(self, config: Config) -> Config:
        """A thread's configuration with the user's file as it is now.

        What the thread was started with stays, and so does what it has resolved already. Raises ConfigError.
        """
        now = self.layers(None).stack
        user = next(layer.values for layer in now.layers if layer.source.type == "user")
        stack = with_user_layer(config.stack, user)
        overlay = profile_values(stack.merged, config.profile)
        return replace(config, stack=stack, raw=stack.merged, values=merge(stack.merged, overlay))

    def _layers(self, cwd: Path | None, request_config: Mapping[str, JsonValue]) -> Loaded:
        session = nest([*self._flags, *request_overrides(request_config)])
        base = cwd or self.launch_folder
        trusted = sorted(self._trusted_in_memory)
        stack = load_layers(self.files, session, cwd=cwd, base=base, trusted=trusted)
        return Loaded(stack, load_requirements(self.files.system_folder, self.files.managed))


def wants_trust(config: Config, *, explicit_cwd: bool) -> bool:
    """Whether starting this thread is a decision to trust its project."""
    return explicit_cwd and config.trust_level is None and config.sandbox.may_write
