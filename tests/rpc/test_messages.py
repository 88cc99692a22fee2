import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_server.rpc.messages import Answer, AnswerError, Message, Notification, Request, Unmatched, parse

CALL = b'"method":"thread/list"'


def kind(line: bytes) -> type[Message]:
    return type(parse(line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"id":7,"method":"m"}', (7, None)),
        (b'{"id":"","method":"m","params":null}', ("", None)),
        (b'{"id":-9223372036854775808,"method":"m","params":{"a":1}}', (-(2**63), {"a": 1})),
        (b'{"id":"x","method":"m","params":[1],"jsonrpc":"2.0","extra":{}}\r', ("x", [1])),
        (b'{"id":1,"method":"m","result":5}', (1, None)),
        (b'{"id":1,"method":"m","trace":null}', (1, None)),
        (b'{"id":1,"method":"m","trace":{"traceparent":"bad","tracestate":null,"x":1}}', (1, None)),
        (b'{"id":1,"method":"m","params":{"a":1,"a":2}}', (1, {"a": 2})),
    ],
)
def test_an_id_and_a_method_make_a_request(line: bytes, expected: tuple[object, object]) -> None:
    message = parse(line)

    assert isinstance(message, Request)
    assert (message.request_id, message.params) == expected


@pytest.mark.parametrize(
    "request_id", [b"null", b"1.5", b"1.0", b"1e3", b"true", b"[]", b"{}", b"9223372036854775808"]
)
def test_an_id_of_another_type_leaves_a_notification(request_id: bytes) -> None:
    assert parse(b'{"id":%b,"method":"thread/list"}' % request_id) == Notification("thread/list")


@pytest.mark.parametrize("trace", [b'"00-1"', b"5", b"[]", b'{"traceparent":5}', b'{"tracestate":{}}'])
def test_a_trace_of_another_type_leaves_a_notification(trace: bytes) -> None:
    assert kind(b'{"id":1,"method":"m","trace":%b}' % trace) is Notification


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"id":1,"id":2,"method":"m"}', Notification),
        (b'{"id":1,"trace":null,"trace":null,"method":"m"}', Notification),
        (b'{"id":1,"method":"m","method":"m"}', Unmatched),
        (b'{"id":1,"method":"m","params":{},"params":{}}', Unmatched),
        (b'{"id":1,"result":1,"result":1}', Unmatched),
        (b'{"id":1,"id":1,"result":1}', Unmatched),
        (b'{"id":1,"method":"m","params":{"id":1,"method":"x","params":{},"trace":5}}', Request),
    ],
)
def test_a_doubled_member_matters_at_the_top_level_only(line: bytes, expected: type[Message]) -> None:
    assert kind(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"id":3,"result":null}', Answer(3, None)),
        (b'{"id":"3","result":{"a":1},"error":{"code":1,"message":"m"}}', Answer("3", {"a": 1})),
        (b'{"id":3,"error":{"code":-1,"message":"no","data":5}}', Answer(3, None, AnswerError(-1, "no"))),
    ],
)
def test_an_id_with_a_result_or_a_whole_error_is_an_answer(line: bytes, expected: Answer) -> None:
    assert parse(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        b'{"id":7}',
        b'{"id":7,"method":5}',
        b'{"id":7,"error":{"message":"x"}}',
        b'{"id":7,"error":{"code":1.5,"message":"x"}}',
        b'{"id":7,"error":{"code":1}}',
        b'{"id":null,"result":1}',
        b'[{"id":1,"method":"m"}]',
        b'["a1","thread/loaded/list",{}]',
        b"",
        b"   ",
        b"5",
        b"{",
        b'{"id":1,"method":"m"} x',
        b'{"id":1,"method":"m"}{"id":2,"method":"m"}',
        b'{"id":1,"method":"m","params":NaN}',
        b'\xef\xbb\xbf{"id":1,"method":"m"}',
        b'{"id":1,"method":"m","params":"\\ud800"}',
        b'{"id":1,"method":"m\xff\xfe"}',
    ],
)
def test_what_is_no_message_is_told_apart_and_never_raises(line: bytes) -> None:
    assert kind(line) is Unmatched


@pytest.mark.parametrize(("depth", "expected"), [(125, Request), (126, Unmatched), (100_000, Unmatched)])
def test_nesting_is_taken_as_deep_as_the_reference_takes_it(depth: int, expected: type[Message]) -> None:
    params = b'{"x":' + b"[" * depth + b"]" * depth + b"}"

    assert kind(b'{"id":1,"method":"m","params":' + params + b"}") is expected


def test_many_brackets_side_by_side_are_not_deep() -> None:
    line = orjson.dumps({"id": 1, "method": "m", "params": [[[]]] * 500})

    assert kind(line) is Request


@given(st.binary(max_size=200))
def test_no_bytes_make_the_parser_raise(line: bytes) -> None:
    assert isinstance(parse(line), Message)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["id", "method", "params", "trace", "result", "error", "x"]), json_values)
)
def test_every_object_is_one_kind_of_message(value: dict[str, object]) -> None:
    message = parse(orjson.dumps(value, default=str) if _fits(value) else b"{}")

    if isinstance(message, Request):
        assert (message.request_id, message.method) == (value["id"], value["method"])


def _fits(value: dict[str, object]) -> bool:
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True
