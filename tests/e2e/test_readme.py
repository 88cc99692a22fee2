"""What the README tells a newcomer to do must work as it stands there."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from app_server.model.offline.script import load_script

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def block(language: str, containing: str) -> str:
    """The code block of that language with that word in it."""
    blocks = [part.partition("```")[0] for part in README.split(f"```{language}\n")[1:]]
    (found,) = [one for one in blocks if containing in one]
    return found


def test_the_client_of_the_readme_runs_a_turn(codex_home: Path) -> None:
    client = block("python", "attestation/generate")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", client],
        cwd=codex_home,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "Hello!" in done.stdout


def test_the_settings_of_the_readme_are_toml() -> None:
    settings = tomllib.loads(block("toml", "model_provider"))

    assert list(settings) == [
        "model",
        "model_provider",
        "approval_policy",
        "sandbox_mode",
        "model_providers",
        "profiles",
    ]


def test_the_script_of_the_readme_can_be_played(tmp_path: Path) -> None:
    path = tmp_path / "session.toml"
    path.write_text(block("toml", "[[reply]]"), "utf-8")

    script = load_script(path)

    assert len(script.replies) == 3
