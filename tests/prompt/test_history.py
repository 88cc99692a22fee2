"""The history is repaired for the model, and only as far as needed."""

from hypothesis import given
from hypothesis import strategies as st

from app_server.prompt.history import ABORTED, IMAGE_OMITTED, for_prompt
from protocol.wire import JsonObject

ALL = ("text", "image")


def call(kind: str, call_id: str | None) -> JsonObject:
    return {"type": kind, "call_id": call_id}


def output(kind: str, call_id: str | None) -> JsonObject:
    return {"type": kind, "call_id": call_id, "output": "done"}


def search_output(call_id: str | None, execution: str) -> JsonObject:
    return {
        "type": "tool_search_output",
        "call_id": call_id,
        "status": "completed",
        "execution": execution,
        "tools": [],
    }


def aborted(kind: str, call_id: str) -> JsonObject:
    return {"type": kind, "call_id": call_id, "output": ABORTED}


def test_every_kind_of_call_without_output_gets_one_right_after_it() -> None:
    calls = [
        call("function_call", "f"),
        call("custom_tool_call", "c"),
        call("local_shell_call", "l"),
        call("tool_search_call", "s"),
    ]

    assert for_prompt(calls, ALL) == [
        calls[0],
        aborted("function_call_output", "f"),
        calls[1],
        aborted("custom_tool_call_output", "c"),
        calls[2],
        aborted("function_call_output", "l"),
        calls[3],
        search_output("s", "client"),
    ]


def test_a_call_without_an_id_asks_for_nothing() -> None:
    calls = [call("local_shell_call", None), call("tool_search_call", None)]

    assert for_prompt(calls, ALL) == calls


def test_an_output_anywhere_counts_even_before_its_call() -> None:
    items = [output("function_call_output", "f"), call("function_call", "f")]

    assert for_prompt(items, ALL) == items


def test_an_output_of_the_wrong_kind_is_an_orphan_and_answers_nothing() -> None:
    items = [call("function_call", "x"), output("custom_tool_call_output", "x")]

    assert for_prompt(items, ALL) == [items[0], aborted("function_call_output", "x")]


def test_orphan_outputs_are_removed_but_not_those_that_need_no_call() -> None:
    kept = [search_output("s", "server"), search_output(None, "client")]
    orphans = [
        output("function_call_output", "f"),
        output("custom_tool_call_output", "c"),
        search_output("t", "client"),
    ]

    assert for_prompt([*orphans, *kept], ALL) == kept


def test_two_outputs_of_one_call_both_stay() -> None:
    items = [
        call("local_shell_call", "f"),
        output("function_call_output", "f"),
        output("function_call_output", "f"),
    ]

    assert for_prompt(items, ALL) == items


def test_a_model_without_eyes_gets_a_sentence_for_each_image() -> None:
    image: JsonObject = {"type": "input_image", "image_url": "data:image/png;base64,AA=="}
    text: JsonObject = {"type": "input_text", "text": "<image>"}
    told: JsonObject = {"type": "input_text", "text": IMAGE_OMITTED}
    items: list[JsonObject] = [
        {"type": "message", "role": "user", "content": [text, image, image]},
        call("function_call", "f"),
        {"type": "function_call_output", "call_id": "f", "output": [image, text]},
        {"type": "image_generation_call", "id": "i", "status": "completed", "result": "AA=="},
    ]

    assert for_prompt(items, ("text",)) == [
        {"type": "message", "role": "user", "content": [text, told, told]},
        call("function_call", "f"),
        {"type": "function_call_output", "call_id": "f", "output": [told, text]},
        {"type": "image_generation_call", "id": "i", "status": "completed", "result": ""},
    ]


def test_the_history_itself_is_never_changed() -> None:
    items: list[JsonObject] = [
        {"type": "message", "role": "user", "content": [{"type": "input_image", "image_url": "x"}]},
        call("function_call", "f"),
    ]
    before = [dict(item) for item in items]

    for_prompt(items, ("text",))

    assert items == before


KINDS = {
    "function_call": "function_call_output",
    "local_shell_call": "function_call_output",
    "custom_tool_call": "custom_tool_call_output",
    "tool_search_call": "tool_search_output",
}
ids = st.sampled_from(["a", "b", "c", None])
items_of_any_kind = st.lists(
    st.one_of(
        st.builds(call, st.sampled_from(sorted(KINDS)), ids),
        st.builds(output, st.sampled_from(["function_call_output", "custom_tool_call_output"]), ids),
        st.builds(search_output, ids, st.sampled_from(["client", "server"])),
        st.just({"type": "message", "role": "user", "content": [{"type": "input_image", "image_url": "x"}]}),
    ),
    max_size=12,
)
modalities = st.sampled_from([ALL, ("text",)])


@given(items_of_any_kind, modalities)
def test_repairing_twice_changes_nothing_more(items: list[JsonObject], takes: tuple[str, ...]) -> None:
    once = for_prompt(items, takes)

    assert for_prompt(once, takes) == once


@given(items_of_any_kind)
def test_afterwards_every_call_has_its_output_and_the_other_way_round(items: list[JsonObject]) -> None:
    repaired = for_prompt(items, ALL)

    def keys(kinds: dict[str, str]) -> set[tuple[str, object]]:
        return {
            (kinds[str(item["type"])], item["call_id"])
            for item in repaired
            if item["type"] in kinds and item["call_id"] is not None and item.get("execution") != "server"
        }

    calls, outputs = keys(KINDS), keys({kind: kind for kind in KINDS.values()})
    answered_by_server = {
        ("tool_search_output", item["call_id"]) for item in repaired if item.get("execution") == "server"
    }
    # An output without an id belongs to no call and is left alone.
    assert outputs <= calls
    assert calls <= outputs | answered_by_server


@given(items_of_any_kind)
def test_what_was_there_stays_in_its_order(items: list[JsonObject]) -> None:
    repaired = for_prompt(items, ALL)

    kept = [id(item) for item in repaired if any(item is original for original in items)]
    assert kept == [one for one in map(id, items) if one in kept]
