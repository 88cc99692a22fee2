"""The commands that write the wire's types as files (connection.md §13), run as programs."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from protocol.export.json_schema import json_schema_files
from protocol.export.typescript import typescript_files


class Files(Protocol):
    """What the package says that is written."""

    def __call__(self, *, experimental: bool) -> dict[str, bytes]: ...


HINT = "\n\nFor more information, try '--help'.\n"


def run(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "app_server", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{text}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(
    ("arguments", "files", "experimental"),
    [
        (("generate-json-schema", "--out", "d/e"), json_schema_files, False),
        (("app-server", "generate-json-schema", "--experimental", "--out=d/e"), json_schema_files, True),
        (("generate-ts", "-o", "d/e"), typescript_files, False),
        (("generate-ts", "-c", "a=1", "--enable=x", "--out", "d/e"), typescript_files, False),
        (("app-server", "generate-ts", "--experimental", "--out", "d/e"), typescript_files, True),
    ],
)
def test_types_are_written_into_a_folder_that_is_made(
    arguments: tuple[str, ...], files: Files, experimental: bool, tmp_path: Path
) -> None:
    assert run(*arguments, cwd=tmp_path) == (0, "", "")

    assert written(tmp_path / "d" / "e") == files(experimental=experimental)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Prettier is a script with a #! line")
def test_prettier_gets_every_file_that_was_written(tmp_path: Path) -> None:
    prettier = program(
        tmp_path / "prettier", "import sys, json; print('said'); json.dump(sys.argv[1:], open('asked', 'w'))"
    )

    done = run("generate-ts", "--out", "ts", "--prettier", str(prettier), cwd=tmp_path)

    assert done == (0, "", "said\n")
    options, files = ["--write", "--log-level", "warn"], sorted(written(tmp_path / "ts"))
    asked = json.loads((tmp_path / "asked").read_text("utf-8"))
    assert (asked[:3], sorted(asked[3:])) == (options, [f"ts/{name}" for name in files])


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_prettier_that_fails_fails_the_command(tmp_path: Path) -> None:
    prettier = program(tmp_path / "prettier", "raise SystemExit(3)")

    failed = run("generate-ts", "--out", "ts", "-p", str(prettier), cwd=tmp_path)
    missing = run("generate-ts", "--out", "ts", "--prettier=./none", cwd=tmp_path)

    assert failed == (1, "", "Error: Prettier failed with status 3\n")
    assert missing == (1, "", "Error: Failed to invoke Prettier at ./none: No such file or directory\n")


@pytest.mark.parametrize("command", ["generate-json-schema", "generate-ts"])
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "the following required arguments were not provided:\n  --out <DIR>"),
        (("--out",), "a value is required for '--out <DIR>' but none was supplied"),
        (("--out", "d", "--nope"), "unexpected argument '--nope' found"),
        (("--out", "d", "more"), "unexpected argument 'more' found"),
    ],
)
def test_a_line_that_makes_no_sense_writes_nothing(
    command: str, arguments: tuple[str, ...], problem: str, tmp_path: Path
) -> None:
    assert run(command, *arguments, cwd=tmp_path) == (2, "", f"error: {problem}{HINT}")

    assert written(tmp_path) == {}


def test_only_typescript_has_a_prettier(tmp_path: Path) -> None:
    code, _, problem = run("generate-json-schema", "--out", "d", "-p", "x", cwd=tmp_path)

    assert (code, problem) == (2, f"error: unexpected argument '-p' found{HINT}")


@pytest.mark.parametrize("command", ["generate-json-schema", "generate-ts"])
def test_a_folder_that_cannot_be_made_is_told(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    code, _, problem = run(command, "--out", "file", cwd=tmp_path)

    assert (code, problem.startswith("Error: cannot write to file: ")) == (1, True)
