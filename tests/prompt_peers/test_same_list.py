"""`debug prompt-input` of ours and of the reference, in the same home and folder, print the same list.

All is compared but each server's own sentences and own skills: items, roles, parts, their order, tags,
attributes, values and paths, exit codes, and the layout to the byte.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_peers.cases import CASES
from prompt_peers.outline import layout, outline
from prompt_peers.site import Case, Site
from support.forked import Forks

pytestmark = pytest.mark.peers

WHOLE = frozenset(case.name for case in CASES[:: len(CASES) // 8] if not case.needs_etc)
"""The cases in which our command is a process of its own, as people run it, and no fork."""


def _can_lay_over_etc() -> bool:
    try:
        done = subprocess.run(["unshare", "-rm", "true"], capture_output=True, timeout=20, check=False)
    except OSError:
        return False
    return done.returncode == 0


@pytest.fixture
def site(peer_home: Path, tmp_path: Path) -> Site:
    return Site(peer_home, tmp_path.resolve())


@pytest.fixture(scope="module")
def forked() -> Iterator[Forks | None]:
    """None where nothing forks."""
    if os.name == "nt":
        yield None
        return
    with Forks() as commands:
        yield commands


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_print_the_same_list(
    case: Case,
    site: Site,
    our_server: tuple[str, ...],
    reference_server: tuple[str, ...],
    forked: Forks | None,
) -> None:
    if case.needs_etc and not _can_lay_over_etc():
        pytest.skip("this machine lets nobody put files over /etc")
    site.build(case)

    theirs = site.run(reference_server, case)
    whole = case.needs_etc or case.name in WHOLE
    ours = site.run(our_server, case, None if whole else forked)

    assert (ours.code, ours.error if ours.code == 0 else "") == (theirs.code, ""), (ours.error, theirs.error)
    if theirs.code != 0:
        assert (ours.out, theirs.out) == (b"", b"")
        return
    assert outline(ours.items) == outline(theirs.items)
    assert (ours.out, theirs.out) == (layout(ours.items), layout(theirs.items))
