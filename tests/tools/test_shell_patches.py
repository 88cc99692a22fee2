"""Patches that are given to a shell are recognised, and nothing else is (tools.md §4.3)."""

import pytest

from app_server.tools.call import ToolRefusal
from app_server.tools.patch.apply_patch import Applied
from app_server.tools.patch.shell import GivenPatch, intercepted, output_of

PATCH = "*** Begin Patch\n*** Add File: a\n+1\n*** End Patch"


@pytest.mark.parametrize(
    ("argv", "cwd"),
    [
        (("apply_patch", PATCH), "/ws"),
        (("applypatch", PATCH), "/ws"),
        (("bash", "-lc", f"apply_patch <<'EOF'\n{PATCH}\nEOF\n"), "/ws"),
        (("/bin/sh", "-c", f"apply_patch <<EOF\n{PATCH}\nEOF"), "/ws"),
        (("bash", "-lc", f"cd 'a b' && apply_patch << \"END\"\n{PATCH}\nEND"), "/ws/a b"),
        (("bash", "-lc", f"cd /x && apply_patch <<'EOF'\n{PATCH}\nEOF"), "/x"),
    ],
)
def test_a_patch_in_a_command_is_taken_out_of_it(argv: tuple[str, ...], cwd: str) -> None:
    assert intercepted(argv, "/ws") == GivenPatch(PATCH, cwd)


@pytest.mark.parametrize(
    "script",
    [
        "ls",
        f"apply_patch <<'EOF'\n{PATCH}\nEOF\nls",
        f"ls && apply_patch <<'EOF'\n{PATCH}\nEOF",
        f"cd a; apply_patch <<'EOF'\n{PATCH}\nEOF",
        f"cd $A && apply_patch <<'EOF'\n{PATCH}\nEOF",
        f"cd a b && apply_patch <<'EOF'\n{PATCH}\nEOF",
        f"cat <<'EOF'\n{PATCH}\nEOF",
    ],
)
def test_other_commands_are_left_alone(script: str) -> None:
    assert intercepted(("bash", "-lc", script), "/ws") is None


def test_a_patch_that_nothing_is_told_to_apply_is_refused() -> None:
    for argv in ((PATCH,), ("bash", "-lc", PATCH)):
        with pytest.raises(ToolRefusal, match="patch detected without explicit call to apply_patch"):
            intercepted(argv, "/ws")


def test_the_outcome_has_the_older_form() -> None:
    assert output_of(Applied(0, 0.04, "Success.\n")) == (
        '{"output":"Success.\\n","metadata":{"exit_code":0,"duration_seconds":0.0}}'
    )
