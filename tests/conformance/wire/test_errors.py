"""Refusals in the exact words that clients match on (connection.md §3, threads-and-turns.md §8)."""

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.conversation import user_input

NOBODY = "00000000-0000-7000-8000-000000000000"
INPUT: JsonObject = {"threadId": NOBODY, "input": user_input("x")}


def one_of(words: str) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in words.split())


MALFORMED: list[tuple[str, JsonValue, str]] = [
    ("thread/read", {}, "missing field `threadId`"),
    ("thread/read", None, "missing field `params`"),
    ("thread/loaded/list", "x", 'invalid type: string "x", expected struct ThreadLoadedListParams'),
    (
        "thread/loaded/list",
        1.5,
        "invalid type: floating point `1.5`, expected struct ThreadLoadedListParams",
    ),
    ("thread/read", {"threadId": 5}, "invalid type: integer `5`, expected a string"),
    ("thread/read", {"threadId": None}, "invalid type: null, expected a string"),
    ("thread/read", {"threadId": {}}, "invalid type: map, expected a string"),
    (
        "thread/read",
        {"threadId": "x", "includeTurns": "y"},
        'invalid type: string "y", expected a boolean',
    ),
    ("thread/read", {"threadId": "x", "includeTurns": None}, "invalid type: null, expected a boolean"),
    ("thread/read", {"includeTurns": 1, "threadId": 5}, "invalid type: integer `1`, expected a boolean"),
    ("thread/read", {"threadId": 5, "includeTurns": 1}, "invalid type: integer `5`, expected a string"),
    ("thread/list", {"limit": -1}, "invalid value: integer `-1`, expected u32"),
    ("thread/list", {"limit": 2**32}, "invalid value: integer `4294967296`, expected u32"),
    ("thread/list", {"limit": 1.5}, "invalid type: floating point `1.5`, expected u32"),
    ("thread/list", {"limit": "x"}, 'invalid type: string "x", expected u32'),
    ("thread/list", {"limit": True}, "invalid type: boolean `true`, expected u32"),
    ("thread/list", {"limit": []}, "invalid type: sequence, expected u32"),
    ("thread/list", {"cwd": 5}, "data did not match any variant of untagged enum ThreadListCwdFilter"),
    ("thread/list", {"sortDirection": "up"}, "unknown variant `up`, expected `asc` or `desc`"),
    ("thread/list", {"sortDirection": 5}, "invalid type: integer `5`, expected string or map"),
    ("thread/list", {"modelProviders": {}}, "invalid type: map, expected a sequence"),
    (
        "thread/list",
        {"sourceKinds": ["zz"]},
        "unknown variant `zz`, expected "
        + one_of(
            "cli vscode exec appServer subAgent subAgentReview subAgentCompact subAgentThreadSpawn "
            "subAgentOther unknown"
        ),
    ),
    (
        "thread/start",
        {"sandbox": "bogus"},
        "unknown variant `bogus`, expected one of `read-only`, `workspace-write`, `danger-full-access`",
    ),
    ("thread/start", {"config": []}, "invalid type: sequence, expected a map"),
    ("thread/start", {"experimentalRawEvents": None}, "invalid type: null, expected a boolean"),
    (
        "thread/start",
        {"personality": "zz"},
        "unknown variant `zz`, expected one of `none`, `friendly`, `pragmatic`",
    ),
    ("thread/start", {"sessionStartSource": "zz"}, "unknown variant `zz`, expected `startup` or `clear`"),
    ("turn/start", {"threadId": NOBODY}, "missing field `input`"),
    ("turn/start", {"threadId": NOBODY, "input": None}, "invalid type: null, expected a sequence"),
    ("turn/start", {"threadId": NOBODY, "input": [{}]}, "missing field `type`"),
    (
        "turn/start",
        {"threadId": NOBODY, "input": ["x"]},
        'invalid type: string "x", expected internally tagged enum UserInput',
    ),
    ("turn/start", {"threadId": NOBODY, "input": [{"type": "text"}]}, "missing field `text`"),
    (
        "turn/start",
        {"threadId": NOBODY, "input": [{"type": "text", "text": "x", "text_elements": [{}]}]},
        "missing field `byteRange`",
    ),
    (
        "turn/start",
        {"threadId": NOBODY, "input": [{"type": "localImage", "path": 5}]},
        "invalid type: integer `5`, expected path string",
    ),
    (
        "turn/start",
        {**INPUT, "sandboxPolicy": {"type": "workspaceWrite", "writableRoots": ["rel"]}},
        "AbsolutePathBuf deserialized without a base path",
    ),
    (
        "turn/start",
        {**INPUT, "sandboxPolicy": {"type": "zz"}},
        "unknown variant `zz`, expected "
        + one_of("dangerFullAccess readOnly externalSandbox workspaceWrite"),
    ),
    (
        "turn/start",
        {**INPUT, "approvalPolicy": {"granular": {}}},
        "missing field `sandbox_approval`",
    ),
    ("turn/start", {**INPUT, "approvalPolicy": 5}, "invalid type: integer `5`, expected string or map"),
    ("turn/start", {**INPUT, "serviceTier": 5}, "invalid type: integer `5`, expected a string"),
    ("configRequirements/read", {"x": 1}, "invalid type: map, expected unit"),
    ("configRequirements/read", [], "invalid type: sequence, expected unit"),
    ("configRequirements/read", False, "invalid type: boolean `false`, expected unit"),
    ("config/read", {"includeLayers": 5}, "invalid type: integer `5`, expected a boolean"),
    ("thread/name/set", {"threadId": NOBODY}, "missing field `name`"),
]


@pytest.mark.parametrize(
    ("method", "params", "text"), MALFORMED, ids=[f"{row[0]}: {row[2]}" for row in MALFORMED]
)
def test_a_malformed_request_is_refused_in_words(
    shared: Client, method: str, params: JsonValue, text: str
) -> None:
    assert shared.refusal(method, params) == Refusal(-32600, f"Invalid request: {text}")


@pytest.mark.requirement("U6")
def test_an_unknown_method_is_answered_with_the_known_ones(shared: Client) -> None:
    refusal = shared.refusal("nope/nope", {})

    assert refusal.code == -32600
    assert refusal.message.startswith(
        "Invalid request: unknown variant `nope/nope`, expected one of `initialize`, "
    )
    assert {"`thread/start`", "`turn/start`", "`thread/resume`"} <= set(refusal.message.split(", "))


@pytest.mark.parametrize("params", [None, {}])
def test_a_method_without_params_takes_none_or_empty_ones(shared: Client, params: JsonValue) -> None:
    result = shared.call("configRequirements/read", params)

    assert result["requirements"] is None


def test_members_of_params_that_nobody_knows_are_ignored(shared: Client) -> None:
    assert shared.call("thread/loaded/list", {"zz": [1, {"a": None}]}) == {"data": [], "nextCursor": None}


def test_a_member_given_twice_in_params_counts_as_it_was_last(shared: Client) -> None:
    shared.expect("twice")

    shared.send_bytes(
        b'{"id":"twice","method":"thread/read","params":{"threadId":"a","threadId":"%b"}}\n' % NOBODY.encode()
    )

    assert shared.refusal_of("twice") == Refusal(-32600, f"thread not loaded: {NOBODY}")


NOT_FOUND = f"thread not found: {NOBODY}"
NO_ROLLOUT = f"no rollout found for thread id {NOBODY}"


NOT_THERE: list[tuple[str, JsonValue, str]] = [
    ("turn/start", INPUT, NOT_FOUND),
    ("turn/steer", {**INPUT, "expectedTurnId": "x"}, NOT_FOUND),
    ("turn/interrupt", {"threadId": NOBODY, "turnId": "x"}, NOT_FOUND),
    ("thread/read", {"threadId": NOBODY}, f"thread not loaded: {NOBODY}"),
    ("thread/resume", {"threadId": NOBODY}, NO_ROLLOUT),
    ("thread/fork", {"threadId": NOBODY}, NO_ROLLOUT),
    ("thread/archive", {"threadId": NOBODY}, NO_ROLLOUT),
    ("thread/unarchive", {"threadId": NOBODY}, f"no archived rollout found for thread id {NOBODY}"),
    ("thread/name/set", {"threadId": NOBODY, "name": "x"}, NOT_FOUND),
    ("thread/name/set", {"threadId": NOBODY, "name": "  "}, "thread name must not be empty"),
    ("thread/list", {"cursor": "zz"}, "invalid cursor: zz"),
    ("model/list", {"cursor": "zz"}, "invalid cursor: zz"),
    (
        "thread/start",
        {"modelProvider": "zz"},
        "failed to load configuration: Model provider `zz` not found",
    ),
]


@pytest.mark.parametrize(
    ("method", "params", "text"),
    NOT_THERE,
    ids=[f"{row[0]}: {row[2]}".replace(NOBODY, "ID") for row in NOT_THERE],
)
def test_what_is_not_there_is_refused_in_words(
    shared: Client, method: str, params: JsonValue, text: str
) -> None:
    refusal = shared.refusal(method, params)

    assert (refusal.code, refusal.message) == (-32600, text)


NO_HEX = "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found"


@pytest.mark.parametrize(
    ("thread_id", "text"),
    [
        ("bad", "invalid length: expected length 32 for simple format, found 3"),
        ("", "invalid length: expected length 32 for simple format, found 0"),
        ("t", f"{NO_HEX} `t` at 1"),
        ("not-a-thread", f"{NO_HEX} `n` at 1"),
    ],
)
@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("thread/read", {}),
        ("turn/start", {"input": []}),
        ("thread/unsubscribe", {}),
        ("thread/name/set", {"name": "x"}),
    ],
)
def test_a_thread_id_that_is_none_is_refused_in_words(
    shared: Client, method: str, more: JsonObject, thread_id: str, text: str
) -> None:
    refusal = shared.refusal(method, {"threadId": thread_id, **more})

    assert refusal == Refusal(-32600, f"invalid thread id: {text}")


@pytest.mark.parametrize("form", [NOBODY.upper(), NOBODY.replace("-", ""), f"urn:uuid:{NOBODY}"])
def test_every_form_of_a_uuid_is_the_same_thread(shared: Client, form: str) -> None:
    assert shared.refusal("thread/read", {"threadId": form}).message == f"thread not loaded: {NOBODY}"


def test_too_much_text_is_refused_before_the_thread_is_looked_up(shared: Client) -> None:
    texts: list[JsonValue] = [{"type": "text", "text": one} for one in ("x" * 600_000, "☃" * 500_000)]

    refusal = shared.refusal("turn/start", {"threadId": NOBODY, "input": texts})

    assert refusal == Refusal(
        -32602,
        "Input exceeds the maximum length of 1048576 characters.",
        {"input_error_code": "input_too_large", "max_chars": 1048576, "actual_chars": 1100000},
    )


@pytest.mark.requirement("W15")
@pytest.mark.parametrize(
    ("method", "params", "kind"),
    [
        ("nope/nope", {}, "method_not_found"),
        ("thread/read", {}, "malformed_request"),
        ("thread/read", {"threadId": "x"}, "invalid_thread_id"),
        ("thread/read", {"threadId": NOBODY}, "thread_not_found"),
        ("thread/resume", {"threadId": NOBODY}, "thread_not_found"),
        ("thread/archive", {"threadId": NOBODY}, "thread_not_found"),
        ("turn/start", INPUT, "thread_not_found"),
        ("thread/list", {"cursor": "x"}, "invalid_cursor"),
        ("thread/start", {"modelProvider": "nobody"}, "config_error"),
        ("initialize", {"clientInfo": {"name": "x", "version": "1"}}, "already_initialized"),
    ],
)
def test_programs_are_told_what_kind_of_refusal_it_is(
    shared: Client, method: str, params: JsonObject, kind: str
) -> None:
    assert shared.refusal(method, params).kind == kind
