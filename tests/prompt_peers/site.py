"""A machine in a folder: a home, a user, a project, and a command that is run there by both servers."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue
from support.forked import Forks
from support.skills import WITHOUT_BUNDLED

DEADLINE = 50
_OVER_ETC = 'mount -t overlay overlay -o "lowerdir=$0:/etc" /etc && exec "$@"'


@dataclass(frozen=True, slots=True)
class Case:
    """Files, settings and a command line. `{home}`, `{user}` and `{work}` stand for the folders' paths."""

    name: str
    files: Mapping[str, str | bytes] = field(default_factory=dict[str, str | bytes])
    """Below `home`, `user`, `work`, or `etc`, which lies over the system's; `/` at the end: a folder."""
    links: Mapping[str, str] = field(default_factory=dict[str, str])
    """From a place of the same kind to what stands in the link."""
    config: str = ""
    """The text of config.toml."""
    bundled: bool = False
    """Whether the server's own skills are on."""
    trust: str | None = None
    """What config.toml says of the project in `work`."""
    before: tuple[str, ...] = ()
    """The words before `debug`."""
    after: tuple[str, ...] = ("hello",)
    """The words after `prompt-input`."""
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    cwd: str = "work"

    @property
    def needs_etc(self) -> bool:
        return any(path.startswith("etc/") for path in self.files)


class Outcome(NamedTuple):
    """What a command came to."""

    code: int
    out: bytes
    error: str
    """The first line of stderr that speaks of an error."""

    @property
    def items(self) -> JsonValue:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Site:
    """Where cases are built.

    The reference takes no `home` in the system's folder for temporary files; `folder` must be in no project.
    """

    home: Path
    folder: Path

    def place(self, path: str) -> Path:
        top, _, rest = path.partition("/")
        return (self.home if top == "home" else self.folder / top) / rest

    def filled(self, text: str) -> str:
        """The text with the paths in place of the folders' names."""
        for name in ("home", "user", "work"):
            text = text.replace(f"{{{name}}}", str(self.place(name)))
        return text

    def build(self, case: Case) -> None:
        for top in ("home", "user", "work"):
            self.place(top).mkdir(parents=True, exist_ok=True)
        for path, content in case.files.items():
            place = self.place(path)
            if path.endswith("/"):
                place.mkdir(parents=True, exist_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.filled(content).encode() if isinstance(content, str) else content)
        for path, target in case.links.items():
            place = self.place(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(self.filled(target))
        (self.home / "config.toml").write_text(self.filled(self._config(case)), encoding="utf-8")

    def _config(self, case: Case) -> str:
        trust = f'[projects."{{work}}"]\ntrust_level = "{case.trust}"\n' if case.trust else ""
        return "\n".join([case.config, trust, "" if case.bundled else WITHOUT_BUNDLED])

    def run(self, server: tuple[str, ...], case: Case, forked: Forks | None = None) -> Outcome:
        """The command of the case, by this server: a whole process, or a fork. Fails after a deadline."""
        words = [*case.before, "debug", "prompt-input", *case.after]
        command = [*server, *map(self.filled, words)]
        if case.needs_etc:
            command = ["unshare", "-rm", "sh", "-c", _OVER_ETC, str(self.place("etc")), *command]
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "SYSTEMROOT")}
        own = {name: self.filled(value) for name, value in case.env.items()}
        env = {**kept, "HOME": str(self.place("user")), "CODEX_HOME": str(self.home), **own}
        cwd = self.place(case.cwd)
        code, out, complaints = (
            _spawned(command, env, cwd) if forked is None else forked.run(command, env, cwd)
        )
        lines = complaints.decode("utf-8", "replace").splitlines()
        error = next((line for line in lines if line.lower().startswith("error:")), "")
        return Outcome(code, out, error)


def _spawned(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        command,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=DEADLINE,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
