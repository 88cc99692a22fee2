"""A computer in a temporary folder, as far as settings know one: home, system and work folders."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app_server.config.config import Config, TypedOverrides
from app_server.config.loader import ConfigLoader
from protocol.wire import JsonObject, JsonValue


@dataclass(frozen=True)
class Machine:
    home: Path
    system: Path
    work: Path

    @property
    def config_file(self) -> Path:
        return self.home / "config.toml"

    def write(self, text: str, path: Path | None = None) -> Path:
        """Write a settings file (the user's own unless another is named), folders included."""
        file = path or self.config_file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def project(self, name: str = "project") -> Path:
        """A git repository in the work folder."""
        folder = self.work / name
        (folder / ".git").mkdir(parents=True)
        return folder

    def decide(self, level: str, folder: Path) -> str:
        """The lines that decide about a project."""
        return f'[projects."{folder}"]\ntrust_level = "{level}"\n'

    def loader(
        self, *overrides: str, enable: tuple[str, ...] = (), disable: tuple[str, ...] = ()
    ) -> ConfigLoader:
        return ConfigLoader(
            self.home,
            overrides=overrides,
            enable=enable,
            disable=disable,
            system_folder=self.system,
            launch_folder=self.work,
        )

    def load(
        self,
        text: str = "",
        *overrides: str,
        cwd: Path | None = None,
        request: Mapping[str, JsonValue] | None = None,
        typed: TypedOverrides | None = None,
    ) -> Config:
        """What the user's file with this text comes to."""
        self.write(text)
        loader = self.loader(*overrides)
        return loader.load(cwd=cwd, request_config=request, typed=typed or TypedOverrides())

    def memories(self) -> str:
        return str(self.home / "memories")


def workspace_write(*roots: str, network: bool = False) -> JsonObject:
    """The wire's workspace-write policy with these extra roots."""
    return {
        "type": "workspaceWrite",
        "writableRoots": list(roots),
        "networkAccess": network,
        "excludeTmpdirEnvVar": False,
        "excludeSlashTmp": False,
    }
