"""What the ways to a model cost a turn: a websocket, and HTTP with and without the client's attestation.

The attestation needs a ChatGPT login, so each way has a home and a server of its own. The client answers at
once; the time that its answer takes it is measured and not counted.
"""

import base64
import json
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import orjson

from .process import Message, ServerProcess
from .upstream import Upstream

_TURNS = 30


def socket_turn_ms(command: Sequence[str], home: Path, upstream: Upstream) -> float:
    """Milliseconds of a turn over a websocket, the median of 30 warm ones."""
    return _turn_ms(command, home / "socket", upstream, login=False, attests=False)


def attestation_costs_ms(command: Sequence[str], home: Path, upstream: Upstream) -> tuple[float, float]:
    """Milliseconds of a turn under a ChatGPT login: with nobody to attest, and with a client that does."""
    home = home / "login"
    return (
        _turn_ms(command, home, upstream, login=True, attests=False),
        _turn_ms(command, home, upstream, login=True, attests=True),
    )


def _turn_ms(command: Sequence[str], home: Path, upstream: Upstream, *, login: bool, attests: bool) -> float:
    _furnish(home, upstream, login=login)
    server = ServerProcess(command, home)
    try:
        server.request(
            "initialize",
            {
                "clientInfo": {"name": "bench", "title": None, "version": "1"},
                "capabilities": {"experimentalApi": True, "requestAttestation": attests},
            },
        )
        server.write(b'{"method":"initialized"}\n')
        thread_id: str = server.request("thread/start", {"cwd": str(home)})["thread"]["id"]
        for _ in range(3):
            _one_turn_ms(server, thread_id)
        taken = median(_one_turn_ms(server, thread_id) for _ in range(_TURNS))
        server.end()
    except BaseException:
        server.kill()
        raise
    return taken


def _one_turn_ms(server: ServerProcess, thread_id: str) -> float:
    """A turn from its request to its end, without the time in which this client attests."""
    own = 0.0
    started = time.perf_counter()
    params: Message = {"threadId": thread_id, "input": [{"type": "text", "text": "hello"}]}
    server.write(server.encode("turn/start", params)[1])
    while b'"turn/completed"' not in (line := server.line()):
        if b'"attestation/generate"' in line:
            asked = time.perf_counter()
            server.write(orjson.dumps({"id": orjson.loads(line)["id"], "result": {"token": "bench"}}) + b"\n")
            own += time.perf_counter() - asked
    return (time.perf_counter() - started - own) * 1e3


def _furnish(home: Path, upstream: Upstream, *, login: bool) -> None:
    home.mkdir(parents=True, exist_ok=True)
    root = upstream.base_url.removesuffix("/v1")
    way = "requires_openai_auth = true" if login else "supports_websockets = true"
    lines = [
        'model = "gpt-5.4"',
        'model_provider = "bench"',
        f'chatgpt_base_url = "{root}/backend-api/"',
        "[analytics]",
        "enabled = false",
        "[model_providers.bench]",
        'name = "bench"',
        f'base_url = "{upstream.base_url}"',
        'wire_api = "responses"',
        way,
    ]
    (home / "config.toml").write_text("\n".join(lines) + "\n", "utf-8")
    if login:
        _sign_in(home)


def _sign_in(home: Path) -> None:
    """A login that nobody signed, good for loopback only."""
    facts = {"chatgpt_plan_type": "pro", "chatgpt_user_id": "bench", "chatgpt_account_id": "bench"}
    claims = {"email": "bench@example.com", "exp": 4_000_000_000, "https://api.openai.com/auth": facts}
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    token = ".".join(
        (
            *(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts),
            "none",
        )
    )
    tokens = {"id_token": token, "access_token": token, "refresh_token": "none", "account_id": "bench"}
    auth = {"auth_mode": "chatgpt", "OPENAI_API_KEY": None, "tokens": tokens}
    path = home / "auth.json"
    path.write_text(json.dumps({**auth, "last_refresh": "2099-01-01T00:00:00Z"}), "utf-8")
    path.chmod(0o600)
