"""`attestation/generate` and the header that goes upstream (connection.md §8), byte by byte."""

import json
import threading

import pytest
from pydantic import JsonValue
from support import sse
from support.client import SILENCE, Answer, Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import finish_turn, run_turn, start_thread, start_turn
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.upstream import Asked, Cut, Gate, Status, Upstream, stream, text_reply

HEADER = "x-oai-attestation"
PATIENCE = "[attestation]\ntimeout_ms = 1000"  # a reference server takes no notice of it


@pytest.fixture
def signed_in(connect: Connect, upstream: Upstream) -> Connect:
    """A home with a ChatGPT login, whose provider takes it."""
    write_config(connect.home, upstream.base_url, chatgpt=True, extra=PATIENCE)
    write_chatgpt_login(connect.home)
    return connect


def envelope(asked: Asked) -> bytes | None:
    return asked.headers.get(HEADER)


class Tokens:
    """A client's answers: `t1`, `t2`… or what the test says; keeps the params it was asked with."""

    def __init__(self, client: Client, answer: Answer = None) -> None:
        self.asked: list[JsonObject] = []
        self._answer = answer
        client.on("attestation/generate", self._generate)

    def _generate(self, params: JsonObject) -> Answer:
        self.asked.append(params)
        return {"token": f"t{len(self.asked)}"} if self._answer is None else self._answer


@pytest.mark.requirement("A4")
def test_a_token_goes_upstream_in_its_envelope(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    tokens = Tokens(client, {"token": "v1.opaque", "more": 1})

    run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) == b'{"v":1,"s":0,"t":"v1.opaque"}'
    assert tokens.asked == [{}]
    (request,) = [one for one in client.received if one.get("method") == "attestation/generate"]
    assert request.keys() == {"method", "id", "params"}
    assert isinstance(request["id"], int)


OUTCOMES: list[tuple[str, Answer, bytes]] = [
    ("empty token", {"token": ""}, b'{"v":1,"s":0,"t":""}'),
    ("refused", Refusal(-32000, "no"), b'{"v":1,"s":2}'),
    ("unknown method", Refusal(-32601, "what"), b'{"v":1,"s":2}'),
    ("no token", {}, b'{"v":1,"s":4}'),
    ("null token", {"token": None}, b'{"v":1,"s":4}'),
    ("number", {"token": 5}, b'{"v":1,"s":4}'),
    ("bare text", "v1.x", b'{"v":1,"s":4}'),
    ("list", [], b'{"v":1,"s":4}'),
    ("quotes", {"token": 'a"b\\c'}, rb'{"v":1,"s":0,"t":"a\"b\\c"}'),
    ("control", {"token": "a\nb\x01"}, rb'{"v":1,"s":0,"t":"a\nb\u0001"}'),
    ("other letters", {"token": "é☃"}, '{"v":1,"s":0,"t":"é☃"}'.encode()),
    ("long", {"token": "x" * 9000}, b'{"v":1,"s":0,"t":"' + b"x" * 9000 + b'"}'),
]


@pytest.mark.requirement("A4")
@pytest.mark.parametrize(
    ("answer", "header"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES]
)
def test_every_answer_has_its_envelope(
    signed_in: Connect, upstream: Upstream, answer: Answer, header: bytes
) -> None:
    client = signed_in(requestAttestation=True)
    Tokens(client, answer)

    turn = run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) == header
    assert turn.end["status"] == "completed"


@pytest.mark.requirement("A4")
def test_null_for_an_answer_is_malformed(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    client.on("attestation/generate", lambda _: None)

    run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) == b'{"v":1,"s":4}'


@pytest.mark.requirement("A3")
def test_no_answer_in_time_is_said_and_stops_nothing(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    Tokens(client, SILENCE)

    turn = run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) == b'{"v":1,"s":1}'
    assert turn.end["status"] == "completed"


@pytest.mark.requirement("A3")
def test_a_late_answer_is_dropped_in_silence(signed_in: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(gate, *sse.message(), sse.completed()))
    client = signed_in(requestAttestation=True)
    Tokens(client, SILENCE)
    since = client.mark()
    turn_id = start_turn(client, start_thread(client))
    gate.wait_reached()
    (request,) = [one for one in client.received if one.get("method") == "attestation/generate"]

    client.send({"id": request["id"], "result": {"token": "late"}})
    gate.open()
    finish_turn(client, turn_id, since)
    client.on("attestation/generate", lambda _: {"token": "fresh"})
    run_turn(client, start_thread(client))

    assert [envelope(one) for one in upstream.asked] == [b'{"v":1,"s":1}', b'{"v":1,"s":0,"t":"fresh"}']


@pytest.mark.requirement("A4")
def test_a_token_that_no_header_can_hold_sends_none(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    Tokens(client, {"token": "a\x7fb"})

    run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) is None


@pytest.mark.requirement("A4")
@pytest.mark.parametrize("capabilities", [None, {}, {"requestAttestation": False}])
def test_who_did_not_offer_it_is_not_asked(
    signed_in: Connect, upstream: Upstream, capabilities: JsonObject | None
) -> None:
    client = signed_in(initialize=False)
    client.initialize(capabilities)
    tokens = Tokens(client)

    run_turn(client, start_thread(client))

    assert tokens.asked == []
    assert envelope(upstream.asked[0]) is None


@pytest.mark.requirement("A4")
@pytest.mark.parametrize("login", ["none", "key"])
def test_without_a_chatgpt_login_nobody_is_asked(connect: Connect, upstream: Upstream, login: str) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=login != "none")
    if login == "key":
        write_api_key_login(connect.home)
    client = connect(requestAttestation=True)
    tokens = Tokens(client)

    run_turn(client, start_thread(client))

    assert tokens.asked == []
    assert envelope(upstream.asked[0]) is None


@pytest.mark.requirement("A4")
@pytest.mark.parametrize("provider", ["", 'experimental_bearer_token = "their-own"'])
def test_a_provider_that_does_not_take_the_login_gets_no_attestation(
    connect: Connect, upstream: Upstream, provider: str
) -> None:
    write_config(connect.home, upstream.base_url, provider=provider)
    write_chatgpt_login(connect.home)
    client = connect(requestAttestation=True)
    tokens = Tokens(client)

    run_turn(client, start_thread(client))

    assert tokens.asked == []
    assert envelope(upstream.asked[0]) is None
    expected = b"Bearer their-own" if provider else None
    assert upstream.asked[0].headers.get("authorization") == expected


def test_the_login_goes_with_the_attestation(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    Tokens(client)

    run_turn(client, start_thread(client))

    assert upstream.asked[0].headers["authorization"].startswith(b"Bearer ey")
    assert upstream.asked[0].headers["chatgpt-account-id"] == b"acct-1"


def test_each_request_upstream_has_a_token_of_its_own(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    Tokens(client)
    thread_id = start_thread(client)

    run_turn(client, thread_id)
    run_turn(client, thread_id)

    assert [envelope(one) for one in upstream.asked] == [
        b'{"v":1,"s":0,"t":"t1"}',
        b'{"v":1,"s":0,"t":"t2"}',
    ]


def test_a_request_that_is_sent_again_keeps_its_token_and_a_new_attempt_has_a_new_one(
    signed_in: Connect, upstream: Upstream
) -> None:
    write_config(signed_in.home, upstream.base_url, chatgpt=True, retries=1, extra=PATIENCE)
    upstream.script(Status(500, "x"), stream(sse.created(), Cut()), text_reply())
    client = signed_in(requestAttestation=True)
    Tokens(client)

    run_turn(client, start_thread(client))

    tokens = [json.loads(envelope(one) or b"{}").get("t") for one in upstream.asked]
    assert tokens == ["t1", "t1", "t2"]


def test_declining_notices_does_not_decline_the_question(signed_in: Connect, upstream: Upstream) -> None:
    declined: list[JsonValue] = ["attestation/generate"]
    client = signed_in(requestAttestation=True, optOutNotificationMethods=declined)
    Tokens(client)

    run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) == b'{"v":1,"s":0,"t":"t1"}'


def test_a_client_that_left_the_thread_is_not_asked(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    tokens = Tokens(client)
    thread_id = start_thread(client)
    client.call("thread/unsubscribe", {"threadId": thread_id})
    since = client.mark()

    start_turn(client, thread_id)
    client.wait(lambda one: one.get("method") == "thread/status/changed" and "idle" in str(one), since)

    assert tokens.asked == []
    assert envelope(upstream.asked[0]) is None


def test_an_answer_as_text_of_the_id_is_another_id(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)
    answered = threading.Event()

    def generate(_: JsonObject) -> Answer:
        request = next(one for one in client.received if one.get("method") == "attestation/generate")
        client.send({"id": str(request["id"]), "result": {"token": "wrong"}})
        answered.set()
        return SILENCE

    client.on("attestation/generate", generate)

    run_turn(client, start_thread(client))

    assert answered.is_set()
    assert envelope(upstream.asked[0]) == b'{"v":1,"s":1}'


def test_the_answer_is_taken_in_pieces_and_with_other_members(signed_in: Connect, upstream: Upstream) -> None:
    client = signed_in(requestAttestation=True)

    def generate(_: JsonObject) -> Answer:
        request = next(one for one in client.received if one.get("method") == "attestation/generate")
        line = json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {"token": "p"}, "x": 1}) + "\r\n"
        for index in range(0, len(line), 7):
            client.send_bytes(line[index : index + 7].encode())
        return SILENCE

    client.on("attestation/generate", generate)

    run_turn(client, start_thread(client))

    assert envelope(upstream.asked[0]) == b'{"v":1,"s":0,"t":"p"}'
