"""Marketplaces and plugins for tests: their folders, and repositories behind HTTP."""

import functools
import http.server
import json
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from pydantic import JsonValue

MANIFEST = Path(".agents", "plugins", "marketplace.json")


def put(file: Path, content: JsonValue) -> Path:
    """A file with this text, or this value as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def put_marketplace(root: Path, name: str, *plugins: JsonValue) -> Path:
    """A marketplace with these entries; a string is the name of a plugin in `./plugins`."""
    entries: list[JsonValue] = [
        {"name": one, "source": f"./plugins/{one}"} if isinstance(one, str) else one for one in plugins
    ]
    return put(root / MANIFEST, {"name": name, "plugins": entries})


def put_plugin(root: Path, name: str, manifest: dict[str, JsonValue] | None = None) -> Path:
    """The folder of a plugin in a marketplace, with a manifest and a skill."""
    folder = root / "plugins" / name
    put(folder / ".codex-plugin" / "plugin.json", {"name": name, **(manifest or {})})
    put(folder / "skills" / "greet" / "SKILL.md", "---\nname: greet\ndescription: Says hello\n---\nHello.\n")
    return folder


def commit_all(folder: Path) -> None:
    """Everything in the folder as a commit of the repository there, which dumb HTTP can hand out."""
    if not (folder / ".git").is_dir():
        _git(folder, "init", "-q", "-b", "main")
    _git(folder, "add", ".")
    _git(folder, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "more")
    _git(folder, "update-server-info")


@contextmanager
def served(folder: Path) -> Generator[str]:
    """The address of the repository in a folder."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/.git"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing: the test's output is the test's."""


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
