# pyright: basic, reportMissingImports=false
# The SDK is there only with the `peers` extra, so strict checking would fail without it.
"""The official SDK, connected to a server whose model is a scripted upstream."""

import json
import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.transcripts import Transcript
from support.upstream import Upstream

if TYPE_CHECKING:
    from openai_codex import CodexConfig

_CONFIG = """\
model = "gpt-5.4"
model_provider = "scripted"

[model_providers.scripted]
name = "Scripted"
base_url = {base_url}
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
"""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


@pytest.fixture(params=["ours", "reference"])
def server(request: pytest.FixtureRequest) -> str:
    """The executable; each promise is kept by us as the reference keeps it."""
    fixture = "our_server" if request.param == "ours" else "reference_server"
    (executable,) = request.getfixturevalue(fixture)
    return executable


@pytest.fixture
def launcher(server: str, our_server: tuple[str, ...], tmp_path: Path) -> Iterator[str]:
    """What the SDK spawns: the server, with all that passes between them noted if the server is ours."""
    if server != our_server[0] or os.name == "nt":
        yield server
        return
    script = tmp_path / "launcher"
    noted = shlex.quote(str(tmp_path))
    script.write_text(
        f'#!/bin/sh\ntee {noted}/$$.sent | {shlex.quote(server)} "$@" | tee {noted}/$$.came\n', "utf-8"
    )
    script.chmod(0o700)
    yield str(script)
    for sent in tmp_path.glob("*.sent"):
        transcript = Transcript()
        for line in sent.read_bytes().splitlines():
            transcript.sent_line(line)
        for line in sent.with_suffix(".came").read_bytes().splitlines():
            transcript.came_line(line)


@pytest.fixture
def sdk_config(launcher: str, upstream: Upstream, peer_home: Path) -> "CodexConfig":
    from openai_codex import CodexConfig

    (peer_home / "config.toml").write_text(_CONFIG.format(base_url=json.dumps(upstream.base_url)), "utf-8")
    workspace = peer_home / "workspace"
    workspace.mkdir()
    return CodexConfig(
        codex_bin=launcher, cwd=str(workspace), env={"CODEX_HOME": str(peer_home), "NO_PROXY": "*"}
    )


@pytest.fixture
def connect(sdk_config: "CodexConfig") -> Iterator[Callable]:
    """Spawn a server and shake hands; all are ended with the test, and every call shares the home."""
    from openai_codex import Codex

    with ExitStack() as open_clients:
        yield lambda: open_clients.enter_context(Codex(sdk_config))
