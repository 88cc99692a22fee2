"""Lines, and what they are taken for (connection.md §1)."""

import json

import pytest
from pydantic import JsonValue
from support.client import Client
from support.connect import Connect


@pytest.mark.parametrize("request_id", ["", "a1", "☃", "0", 0, -7, 2**63 - 1, -(2**63)])
def test_a_request_is_answered_with_its_id(shared: Client, request_id: str | int) -> None:
    answer = shared.answer(shared.request("thread/loaded/list", {}, request_id=request_id))

    assert answer["id"] == request_id
    assert type(answer["id"]) is type(request_id)


@pytest.mark.parametrize(
    "request_id", ["null", "1.5", "1.0", "1e3", "true", "[]", "{}", str(2**63), str(-(2**63) - 1)]
)
def test_a_request_with_another_kind_of_id_is_a_notification(shared: Client, request_id: str) -> None:
    since = shared.mark()

    shared.send_bytes(b'{"id":%b,"method":"thread/loaded/list","params":{}}\n' % request_id.encode())
    shared.settle()

    assert len(shared.received[since:]) == 1


@pytest.mark.parametrize(
    "line",
    [
        b'{"id":7}',
        b'{"id":7,"method":5}',
        b'{"id":7,"method":"thread/loaded/list","params":{},"trace":"x"}',
        b'{"id":7,"id":8,"method":"thread/loaded/list","params":{}}',
        b'{"id":7,"method":"thread/loaded/list","method":"thread/loaded/list","params":{}}',
        b'{"id":7,"method":"thread/loaded/list","params":{},"params":{}}',
        b'[{"id":7,"method":"thread/loaded/list","params":{}}]',
        b'{"id":7,"error":{"message":"x"}}',
        b'{"id":7,"error":{"code":"x","message":"x"}}',
        b'{"id":7,"result":null}',
        b'{"id":7,"error":{"code":1,"message":"x"}}',
        b'{"method":"nope"}',
        b'{"method":"initialized","params":{"a":1}}',
        b"",
        b"   \t ",
        b"not json",
        b'{"id":7,"method":"thread/loaded/list","params":{}} trailing',
        b'{"id":7,"method":"thread/loaded/list","params":{}}{"id":8,"method":"thread/loaded/list","params":{}}',
        b'{"id":7,"method":"thread/loaded/list","params":{"cursor":NaN}}',
        b'{"id":7,"method":"thread/loaded/list","params":{"cursor":Infinity}}',
        b'\xef\xbb\xbf{"id":7,"method":"thread/loaded/list","params":{}}',
        b'{"id":7,"method":"thread/loaded/list","params":{"cursor":"\\ud800"}}',
        b'{"id":7,"method":"thread/loaded/list","params":' + b"[" * 200 + b"]" * 200 + b"}",
        b"5",
        b'"x"',
        b"null",
    ],
)
def test_what_is_no_message_is_passed_over_in_silence(shared: Client, line: bytes) -> None:
    since = shared.mark()

    shared.send_bytes(line + b"\n")
    shared.settle()

    assert len(shared.received[since:]) == 1


@pytest.mark.parametrize(
    "members",
    [
        {"jsonrpc": "2.0"},
        {"anything": [1]},
        {"result": 5},
        {"trace": None},
        {"trace": {"traceparent": "nonsense", "tracestate": None, "more": 1}},
    ],
)
def test_members_that_are_not_of_the_envelope_change_nothing(
    shared: Client, members: dict[str, JsonValue]
) -> None:
    request_id = f"with-{sorted(members)}-{members}"

    shared.send({"id": request_id, "method": "thread/loaded/list", "params": {}, **members})

    assert "result" in shared.answer(request_id)


def test_carriage_returns_before_the_newline_are_accepted(shared: Client) -> None:
    shared.expect("crlf")

    shared.send_bytes(b'{"id":"crlf","method":"thread/loaded/list","params":{}}\r\n')

    assert "result" in shared.answer("crlf")


@pytest.mark.requirement("W3")
def test_a_line_may_come_in_any_pieces(shared: Client) -> None:
    line = '{"id":"pieces ☃","method":"thread/loaded/list","params":{}}\n'.encode()
    shared.expect("pieces ☃")

    for index in range(len(line)):
        shared.send_bytes(line[index : index + 1])

    assert "result" in shared.answer("pieces ☃")


def test_many_lines_may_come_in_one_piece(shared: Client) -> None:
    ids = [f"together-{number}" for number in range(50)]
    lines = [json.dumps({"id": one, "method": "thread/loaded/list", "params": {}}) for one in ids]
    for one in ids:
        shared.expect(one)

    shared.send_bytes("\n".join(lines).encode() + b"\n")

    assert all("result" in shared.answer(one) for one in ids)


@pytest.mark.requirement("W3")
def test_a_line_of_64_mib_is_answered(shared: Client) -> None:
    shared.expect("long")

    shared.send_bytes(b'{"id":"long","method":"thread/loaded/list","params":{"padding":"')
    for _ in range(64):
        shared.send_bytes(b"x" * 1024 * 1024)
    shared.send_bytes(b'"}}\n')

    assert shared.result("long") == {"data": [], "nextCursor": None}


def test_a_long_id_is_echoed(shared: Client) -> None:
    request_id = "i" * 100_000

    assert shared.answer(shared.request("thread/loaded/list", {}, request_id=request_id))["id"] == request_id


@pytest.mark.requirement("W8")
@pytest.mark.parametrize(
    "junk", [b"\xff\xfe", b'{"id":1,"method":"\xc3\x28"}', b"\x00\x01\x02", b"\xed\xa0\x80"]
)
def test_bytes_that_are_no_text_cost_their_line_only(connect: Connect, junk: bytes) -> None:
    client = connect()

    client.send_bytes(junk + b"\n")

    assert client.call("thread/loaded/list", {}) == {"data": [], "nextCursor": None}


@pytest.mark.requirement("W5")
def test_output_is_compact_text_with_newlines_alone(connect: Connect) -> None:
    client = connect()

    client.call("mock/experimentalMethod", {"value": "ünï ☃ \U0001f600"})
    client.close()

    answer = next(line for line in client.raw_lines if "☃".encode() in line)
    assert b'"echoed":"' in answer
    assert b'": ' not in answer
    assert answer.endswith(b"\n")
    assert b"\r" not in b"".join(client.raw_lines)


@pytest.mark.requirement("W7")
def test_what_some_clients_take_for_line_ends_is_escaped(connect: Connect) -> None:
    client = connect()

    answer = client.call("mock/experimentalMethod", {"value": "a\u2028b\u2029c\x85d"})
    client.close()

    assert answer == {"echoed": "a\u2028b\u2029c\x85d"}
    raw = b"".join(client.raw_lines)
    assert "\u2028".encode() not in raw
    assert "\u2029".encode() not in raw


@pytest.mark.requirement("W6")
@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}]
)
def test_text_survives_any_locale(connect: Connect, env: dict[str, str]) -> None:
    client = connect(env=env)

    assert client.call("mock/experimentalMethod", {"value": "\U0001f600 ünï ☃"}) == {
        "echoed": "\U0001f600 ünï ☃"
    }


@pytest.mark.requirement("W9")
@pytest.mark.parametrize("value", ["NaN", "-Infinity", '"\\ud800"', '"\\udfff\\ud800"', "1e999"])
def test_what_is_no_json_value_never_ends_the_server(shared: Client, value: str) -> None:
    since = shared.mark()

    line = f'{{"id":"odd","method":"mock/experimentalMethod","params":{{"value":{value}}}}}\n'
    shared.expect("odd")
    shared.send_bytes(line.encode())
    shared.settle()

    assert all("result" not in one for one in shared.received[since:-1])
