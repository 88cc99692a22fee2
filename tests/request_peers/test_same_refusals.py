"""What the reference says of a malformed request, we say: code and words (connection.md §3).

The requests come before `initialize`: decoding is what is looked at first, and nothing else happens.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from peers import FOLLOWED, SPOKEN
from pydantic import JsonValue
from support.malformed import Maker, Malformed
from support.pipes import DEADLINE
from support.requires import reference_server

from protocol.methods import CLIENT_REQUESTS

pytestmark = pytest.mark.peers

OURS = (sys.executable, "-m", "app_server", "app-server")
SEED = 7
EACH = 4
"""Requests of each method."""
OTHER_FORM = {
    FOLLOWED: (
        ".effort",
        ".threadSource",
        ".permissions",
        ".permissionProfile",
        ".environments[0].cwd",
        ".runtimeWorkspaceRoots[0]",
        ".includeLogs",
        ".url",
        ".dynamicTools",
        ".history[0].",
    ),
    SPOKEN: (".url", ".fileId", ".permissionProfile", ".dynamicTools", ".history[0].", ".deferOutput"),
}
"""Places of another type in the wire that we speak; items of the provider we take as they come."""

Refusal = tuple[JsonValue, JsonValue]


@pytest.fixture(params=[FOLLOWED, SPOKEN])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reference(request: pytest.FixtureRequest, version: str) -> Path:
    return reference_server(request.config, version)


def made(reference: Path, home: Path) -> list[Malformed]:
    out = home / "schemas"
    command = [str(reference), "app-server", "generate-json-schema", "--experimental", "--out", str(out)]
    subprocess.run(command, env={**os.environ, "CODEX_HOME": str(home)}, check=True, timeout=50)
    maker = Maker(out, SEED)
    methods = [name for name in maker.methods() if name in CLIENT_REQUESTS and name != "initialize"]
    return [request for name in methods for request in maker.requests(name, EACH)]


def answers(command: tuple[str, ...], home: Path, requests: Iterable[Malformed]) -> list[Refusal]:
    """Each request's error, one after the other."""
    found: list[Refusal] = []
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CODEX_HOME": str(home)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for number, request in enumerate(requests):
            message = {"id": number, "method": request.method, "params": request.params}
            process.stdin.write(json.dumps(message).encode() + b"\n")
            process.stdin.flush()
            error = json.loads(process.stdout.readline())["error"]
            found.append((error["code"], error["message"]))
        process.stdin.close()
        process.wait(DEADLINE)
    return found


def alike(ours: Refusal, theirs: Refusal) -> bool:
    """The same; or of the words that may stand there, ours are theirs and some that came later."""
    if ours == theirs:
        return True
    parts = [re.fullmatch(r"(.*, expected )(?:one of )?(.*)", str(text)) for _, text in (ours, theirs)]
    if ours[0] != theirs[0] or None in parts:
        return False
    (start, known), (other, fewer) = ((one[1], one[2]) for one in parts if one is not None)
    if start != other:
        return False
    if "variant index" in fewer:
        return "variant index" in known
    return start.startswith("Invalid request: unknown variant") and set(re.findall(r"`[^`]*`", fewer)) <= set(
        re.findall(r"`[^`]*`", known)
    )


def test_malformed_requests_are_refused_in_the_same_words(
    reference: Path, version: str, peer_home: Path
) -> None:
    requests = made(reference, peer_home)

    theirs = answers((str(reference), "app-server"), peer_home, requests)
    ours = answers(OURS, peer_home, requests)

    different: list[str] = []
    malformed = same = 0
    for request, mine, wanted in zip(requests, ours, theirs, strict=True):
        if f"unknown variant `{request.method}`" in str(mine[1]):
            continue  # not answered yet
        if any(place in request.fault for place in OTHER_FORM[version]):
            continue
        malformed += wanted[1] != "Not initialized"
        same += mine == wanted
        if not alike(mine, wanted):
            different.append(f"{request.method}{request.fault}: {mine[1]}, the reference: {wanted[1]}")
    print(f"{version}: {len(requests)} requests, {malformed} malformed, {same} answered in the same words")  # noqa: T201 - what people run it for
    assert different == []
    assert malformed > 200
