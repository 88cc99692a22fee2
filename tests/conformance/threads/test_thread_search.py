"""Words that were said are found again, in all threads and in one."""

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.upstream import Upstream, text_reply


def rows(answer: JsonObject) -> list[JsonObject]:
    assert isinstance(answer["data"], list)
    return [as_object(one) for one in answer["data"]]


def found(client: Client, term: str, **params: JsonValue) -> list[JsonValue]:
    return [
        as_object(row["thread"])["id"]
        for row in rows(client.call("thread/search", {"searchTerm": term, **params}))
    ]


def test_threads_are_found_by_what_users_and_agents_said(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    first, second = start_thread(client), start_thread(client)
    upstream.script(text_reply("Nothing here"), text_reply("A haystack with a needle"))
    run_turn(client, first, "Where is the\nNEEDLE in all that hay?")
    run_turn(client, second, "something else")

    found_rows = rows(client.call("thread/search", {"searchTerm": "needle"}))
    client.call("thread/archive", {"threadId": second})

    snippets = {str(as_object(row["thread"])["id"]): row["snippet"] for row in found_rows}
    assert snippets == {
        first: "Where is the NEEDLE in all that hay?",
        second: "A haystack with a needle",
    }
    assert found(client, "needle") == [first]
    assert found(client, "needle", archived=True) == [second]
    assert found(client, "model_provider") == []


def test_threads_that_are_found_come_in_pages(connect: Connect) -> None:
    client = connect()
    threads = [start_thread(client) for _ in range(3)]
    for number, thread in enumerate(threads):
        run_turn(client, thread, f"needle {number}" if number != 1 else "hay")

    seen: list[JsonValue] = []
    cursor: JsonValue = None
    for _ in range(2):
        page = client.call("thread/search", {"searchTerm": "needle", "limit": 1, "cursor": cursor})
        seen += [as_object(row["thread"])["id"] for row in rows(page)]
        cursor = page["nextCursor"]

    assert seen == [threads[2], threads[0]]
    assert cursor is None


def test_every_place_in_a_thread_is_told_with_what_stands_around_it(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    thread = start_thread(client)
    upstream.script(text_reply("x" * 200 + "NEEDLE" + "y" * 200))
    turn = run_turn(client, thread, "needle and Needle")

    params: JsonObject = {"threadId": thread, "searchTerm": "needle"}
    places = rows(client.call("thread/searchOccurrences", params))
    first = client.call("thread/searchOccurrences", {**params, "limit": 2})
    rest = client.call("thread/searchOccurrences", {**params, "cursor": first["nextCursor"]})

    assert [(place["snippet"], place["snippetMatchRange"]) for place in places] == [
        ("needle and Needle", {"start": 0, "end": 6}),
        ("needle and Needle", {"start": 11, "end": 17}),
        (f"... {'x' * 49}NEEDLE{'y' * 96} ...", {"start": 53, "end": 59}),
    ]
    assert {str(place["turnId"]) for place in places} == {turn.id}
    assert len({str(place["itemId"]) for place in places}) == 2
    assert rows(first) + rows(rest) == places
    around = client.call("thread/turns/list", {"threadId": thread, "cursor": places[0]["turnCursor"]})
    assert rows(around)[0]["id"] == turn.id


@pytest.mark.parametrize(
    ("method", "params", "said"),
    [
        ("thread/search", {"searchTerm": " "}, "thread/search requires a non-empty searchTerm"),
        ("thread/search", {"searchTerm": "x", "cursor": "zz"}, "invalid cursor: zz"),
        (
            "thread/searchOccurrences",
            {"searchTerm": ""},
            "thread/searchOccurrences requires a non-empty searchTerm",
        ),
        ("thread/searchOccurrences", {"searchTerm": "x", "cursor": "zz"}, "invalid cursor: zz"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(
    connect: Connect, method: str, params: JsonObject, said: str
) -> None:
    client = connect()
    thread = start_thread(client)
    run_turn(client, thread)
    given: JsonObject = {"threadId": thread, **params} if method != "thread/search" else params

    assert client.refusal(method, given) == Refusal(-32600, said)
