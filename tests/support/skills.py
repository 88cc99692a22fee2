"""Skills and plugins on disk, for the tests that need some."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from app_server.skills.skill import Scope, Skill

WITHOUT_BUNDLED = "[skills.bundled]\nenabled = false\n"


@dataclass(frozen=True, slots=True)
class SkillShelf:
    """A folder of skills."""

    folder: Path

    def put(
        self,
        place: str,
        name: str | None = None,
        description: str = "What it does.",
        *,
        text: str | bytes | None = None,
        metadata: str | None = None,
    ) -> str:
        """A skill at a place below the folder; the path of its SKILL.md.

        `text` replaces the whole file, `metadata` is the text of `agents/openai.yaml`.
        """
        folder = self.folder / place
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "SKILL.md"
        if text is None:
            text = f"---\nname: {name or folder.name}\ndescription: {description}\n---\nBody of {place}.\n"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        if metadata is not None:
            (folder / "agents").mkdir(exist_ok=True)
            (folder / "agents" / "openai.yaml").write_text(metadata, encoding="utf-8")
        return str(file)


def put_plugin(
    home: Path,
    plugin_id: str,
    *skills: str,
    version: str = "1.0.0",
    manifest: dict[str, JsonValue] | str | None = None,
    files: dict[str, str] | None = None,
) -> str:
    """An installed plugin with these skills; the lines of config.toml that switch it on."""
    name, _, market = plugin_id.partition("@")
    folder = home / "plugins" / "cache" / market / name / version
    place = folder / ".codex-plugin" / "plugin.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        manifest if isinstance(manifest, str) else json.dumps({"name": name, **(manifest or {})})
    )
    for path, text in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    shelf = SkillShelf(folder / "skills")
    for skill in skills:
        shelf.put(skill)
    return f'[plugins."{plugin_id}"]\nenabled = true\n'


def skill(
    name: str,
    description: str = "What it does.",
    *,
    root: str = "/roots/one",
    scope: Scope = "user",
    plugin_id: str | None = None,
    implicit: bool = True,
) -> Skill:
    """A skill that is nowhere."""
    path = f"{root}/{name}/SKILL.md"
    return Skill(name, description, path, scope, root, plugin_id=plugin_id, implicit=implicit)
