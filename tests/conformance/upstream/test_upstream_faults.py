"""Whatever goes wrong with a provider, the turn says so and the thread goes on; secrets stay secret.

What goes wrong with a websocket is in test_websocket_faults.py.
"""

import json

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.servers import OURS
from support.upstream import Asked, Reply, Upstream, faults

HEADER = "x-oai-attestation"
PATIENCE = "[attestation]\ntimeout_ms = 1000"  # a reference server takes no notice of it
TOKEN = "token-of-the-client"
KEY = "key-of-the-provider"
LOGGED: dict[str, str] = {"RUST_LOG": "debug"}

FAULTS: dict[str, tuple[Reply, str]] = {
    **{name: (reply, "stream disconnected before completion: ") for name, reply in faults.BREAKS.items()},
    "too short": (faults.wrong_length(b"data: {}\n\n", 99), "stream disconnected before completion: "),
    "bad chunks": (faults.bad_chunks(), "stream disconnected before completion: "),
    "html": (faults.html(), "unexpected status 502 Bad Gateway: <html>"),
    "401": (faults.unauthorized(), "unexpected status 401 Unauthorized: the token is not accepted"),
    "429": (faults.too_many(), "exceeded retry limit, last status: 429"),
    "429 with a time": (faults.too_many("1"), "exceeded retry limit, last status: 429"),
}
"""Each fault, and how the turn's error begins."""


def secrets_of(client: Client, home_secrets: list[str]) -> list[str]:
    """Those of the secrets that the server has let out, to its client or into its log."""
    told = b"".join(client.raw_lines) + client.stderr_path.read_bytes()
    return [secret for secret in home_secrets if secret.encode() in told]


@pytest.mark.requirement("C5")
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_ends_the_turn_and_the_next_one_is_taken(
    connect: Connect, upstream: Upstream, fault: str
) -> None:
    reply, message = FAULTS[fault]
    client = connect()
    thread_id = start_thread(client)
    upstream.script(reply)

    failed, healed = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    assert failed.end["status"] == "failed"
    assert str(as_object(failed.end["error"])["message"]).startswith(message)
    assert healed.end["status"] == "completed"


def test_no_fault_lets_the_key_out(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, provider=f'experimental_bearer_token = "{KEY}"')
    client = connect(env=LOGGED)
    thread_id = start_thread(client)
    upstream.script(*(reply for reply, _ in FAULTS.values()))

    failed = [run_turn(client, thread_id) for _ in FAULTS]

    assert [turn.end["status"] for turn in failed] == ["failed"] * len(FAULTS)
    assert secrets_of(client, [KEY]) == []


def test_slow_bytes_are_no_fault(connect: Connect, upstream: Upstream) -> None:
    upstream.script(faults.SLOW)
    client = connect()

    assert run_turn(client, start_thread(client)).end["status"] == "completed"


def carrying(requests: list[Asked]) -> set[tuple[str, str]]:
    """Which kinds of requests had the header."""
    return {(one.method, one.place) for one in requests if HEADER in one.headers and one.method != "FRAME"}


LOGINS: list[tuple[str, str, bool]] = [
    ("chatgpt", "", True),
    ("chatgpt", f'experimental_bearer_token = "{KEY}"', False),
    ("chatgpt", 'env_key = "KEY_OF_OURS"', False),
    ("apikey", "", False),
    ("none", "", False),
]


def furnish(
    connect: Connect, upstream: Upstream, *, login: str, provider: str = "", sockets: bool = False
) -> None:
    """A home with this login, whose provider takes that of ChatGPT, and perhaps speaks websocket."""
    if sockets:
        upstream.responses.speak_websocket()
        provider += "\nsupports_websockets = true"
    write_config(connect.home, upstream.base_url, chatgpt=True, provider=provider, extra=PATIENCE)
    if login == "chatgpt":
        write_chatgpt_login(connect.home)
    elif login == "apikey":
        write_api_key_login(connect.home)


@pytest.mark.requirement("A4")
@pytest.mark.parametrize("sockets", [False, True], ids=["http", "websocket"])
@pytest.mark.parametrize(("login", "provider", "scoped"), LOGINS)
def test_exactly_the_scoped_requests_carry_it(
    connect: Connect, upstream: Upstream, login: str, provider: str, scoped: bool, sockets: bool
) -> None:
    if connect.server.kind != OURS and not scoped:
        pytest.skip("the reference hands the header to any provider")
    furnish(connect, upstream, login=login, provider=provider, sockets=sockets)
    client = connect(requestAttestation=True, env={"KEY_OF_OURS": KEY})
    client.on("attestation/generate", lambda _: {"token": TOKEN})
    thread_id = start_thread(client)
    if sockets:
        upstream.responses.warm_ups.wait_asked(1)

    turns = [run_turn(client, thread_id) for _ in range(2)]
    client.call("model/list", {})
    client.call("account/read", {})

    assert [turn.end["status"] for turn in turns] == ["completed", "completed"]
    wanted = ("GET" if sockets else "POST", "/v1/responses")
    assert carrying(upstream.everything) == ({wanted} if scoped else set())
    for one in upstream.everything:
        if HEADER in one.headers:
            assert json.loads(one.headers[HEADER]) == {"v": 1, "s": 0, "t": TOKEN}


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "websocket"])
@pytest.mark.parametrize("login", ["chatgpt", "apikey"])
def test_no_secret_of_a_login_comes_out(
    connect: Connect, upstream: Upstream, login: str, sockets: bool
) -> None:
    furnish(connect, upstream, login=login, sockets=sockets)
    client = connect(requestAttestation=True, env=LOGGED)
    client.on("attestation/generate", lambda _: {"token": TOKEN})

    turn = run_turn(client, start_thread(client))
    client.call("account/read", {})

    assert turn.end["status"] == "completed"
    assert secrets_of(client, [TOKEN, *_secrets(connect)]) == []


_TOKENS = ("access_token", "id_token", "refresh_token")


def _secrets(connect: Connect) -> list[str]:
    """The tokens and keys of the home's login."""
    path = connect.home / "auth.json"
    if not path.exists():
        return []
    auth: JsonObject = json.loads(path.read_text("utf-8"))
    tokens: JsonValue = auth.get("tokens") or {}
    assert isinstance(tokens, dict)
    found = [
        auth.get("OPENAI_API_KEY"),
        *(tokens.get(key) for key in ("access_token", "id_token", "refresh_token")),
    ]
    return [value for value in found if isinstance(value, str)]
