"""Tool outputs are cut once, in the middle, within a budget."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app_server.model.cutting import cut_middle
from app_server.model.model_info import TruncationPolicy
from app_server.prompt.history import for_prompt
from app_server.prompt.truncation import for_recording, truncate_output
from protocol.wire import JsonObject

policies = st.builds(TruncationPolicy, st.sampled_from(["bytes", "tokens"]), st.integers(0, 60))
MARKER = re.compile(r"…(\d+) (chars|tokens) truncated…")


def output(value: Any) -> JsonObject:
    return {"type": "function_call_output", "call_id": "c", "output": value}


def text(value: str) -> JsonObject:
    return {"type": "input_text", "text": value}


def test_the_limit_of_recording_is_a_fifth_more_rounded_up() -> None:
    assert for_recording(TruncationPolicy("bytes", 10_000)) == TruncationPolicy("bytes", 12_000)
    assert for_recording(TruncationPolicy("tokens", 11)) == TruncationPolicy("tokens", 14)


def test_bytes_are_cut_to_two_halves_and_the_marker_counts_characters() -> None:
    item = truncate_output(output("a" * 120 + "b" * 120), TruncationPolicy("bytes", 100))

    assert item == output("a" * 60 + "…120 chars truncated…" + "b" * 60)


def test_tokens_are_four_bytes_each_and_the_marker_counts_tokens() -> None:
    item = truncate_output(output("a" * 120 + "b" * 120), TruncationPolicy("tokens", 20))

    assert item == output("a" * 48 + "…36 tokens truncated…" + "b" * 48)


def test_no_budget_leaves_the_marker_alone() -> None:
    assert cut_middle("abcd", TruncationPolicy("bytes", 0)) == "…4 chars truncated…"


def test_a_character_is_never_split() -> None:
    assert cut_middle("ééééé", TruncationPolicy("bytes", 6)) == "é…3 chars truncated…é"


def test_what_fits_is_left_as_it_is() -> None:
    item = output("short")

    assert truncate_output(item, TruncationPolicy("bytes", 10)) is item


def test_messages_are_never_cut() -> None:
    item: JsonObject = {"type": "message", "role": "user", "content": [text("x" * 1000)]}

    assert truncate_output(item, TruncationPolicy("bytes", 10)) is item


def test_texts_of_a_list_share_one_budget_and_images_are_free() -> None:
    image: JsonObject = {"type": "input_image", "image_url": "data:," + "x" * 500}
    parts = [text("a" * 8), image, text("b" * 20), text("c"), image, text("d")]

    item = truncate_output(output(parts), TruncationPolicy("bytes", 10))

    assert item == output(
        [
            text("a" * 8),
            image,
            text("bb…16 chars truncated…bb"),
            image,
            text("[omitted 2 text items ...]"),
        ]
    )


def test_a_list_counted_in_tokens_rounds_each_text_up() -> None:
    item = truncate_output(output([text("a"), text("b"), text("cccccccc")]), TruncationPolicy("tokens", 2))

    assert item == output([text("a"), text("b"), text("cc…1 tokens truncated…cc")])


@given(st.text(max_size=300), policies)
def test_the_kept_ends_never_exceed_the_budget_and_belong_to_the_text(
    value: str, policy: TruncationPolicy
) -> None:
    cut = cut_middle(value, policy)

    budget = policy.limit if policy.mode == "bytes" else policy.limit * 4
    if len(value.encode()) <= budget:
        assert cut == value
        return
    marker = next(found for found in MARKER.finditer(cut) if value.startswith(cut[: found.start()]))
    head, tail = cut[: marker.start()], cut[marker.end() :]
    assert len((head + tail).encode()) <= budget
    assert value.startswith(head)
    assert value.endswith(tail)
    if policy.mode == "bytes":
        assert int(marker[1]) == len(value) - len(head) - len(tail)


def image(url: str) -> JsonObject:
    return {"type": "input_image", "image_url": f"data:,{url}", "detail": "high"}


images = st.text(max_size=9).map(image)
lists = st.lists(st.one_of(st.text(max_size=80).map(text), images), max_size=8)


def parts_of(item: JsonObject) -> list[JsonObject]:
    parts = item["output"]
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, dict)]


def texts(parts: list[JsonObject]) -> list[str]:
    return [str(part["text"]) for part in parts if "text" in part]


def cost(value: str, policy: TruncationPolicy) -> int:
    size = len(value.encode())
    return size if policy.mode == "bytes" else -(-size // 4)


@given(lists, policies)
def test_a_list_loses_texts_from_the_first_that_does_not_fit_and_never_an_image(
    parts: list[JsonObject], policy: TruncationPolicy
) -> None:
    limit = for_recording(policy)

    item = truncate_output(output(parts), policy)

    kept, before, left = parts_of(item), texts(parts), limit.limit
    assert {**item, "output": None} == output(None)
    assert [part for part in kept if "text" not in part] == [part for part in parts if "text" not in part]
    whole: list[str] = []
    while len(whole) < len(before) and left > 0 and cost(before[len(whole)], limit) <= left:
        left -= cost(before[len(whole)], limit)
        whole.append(before[len(whole)])
    rest = before[len(whole) :]
    cut = [cut_middle(rest.pop(0), TruncationPolicy(limit.mode, left))] if rest and left else []
    assert texts(kept) == [*whole, *cut, *([f"[omitted {len(rest)} text items ...]"] if rest else [])]


@given(lists, policies)
def test_what_stays_of_a_list_never_exceeds_the_budget(
    parts: list[JsonObject], policy: TruncationPolicy
) -> None:
    limit = for_recording(policy)

    kept = parts_of(truncate_output(output(parts), policy))

    remains = [MARKER.sub("", one) for one in texts(kept) if not one.startswith("[omitted ")]
    # A text of tokens is rounded up on its own, but its two ends are cut to bytes together.
    assert sum(len(one.encode()) for one in remains) <= limit.limit * (1 if limit.mode == "bytes" else 4)


@given(lists, policies)
def test_a_list_that_fits_may_be_recorded_again(parts: list[JsonObject], policy: TruncationPolicy) -> None:
    fits = sum(cost(one, for_recording(policy)) for one in texts(parts)) < for_recording(policy).limit

    if fits:
        assert truncate_output(truncate_output(output(parts), policy), policy) == output(parts)


@given(st.lists(st.tuples(st.sampled_from(["function", "custom_tool"]), lists), max_size=5), policies)
def test_a_call_and_its_cut_output_stay_a_pair(
    answered: list[tuple[str, list[JsonObject]]], policy: TruncationPolicy
) -> None:
    history: list[JsonObject] = []
    for number, (kind, parts) in enumerate(answered):
        history.append({"type": f"{kind}_call", "name": "t", "call_id": f"c{number}"})
        history.append({"type": f"{kind}_call_output", "call_id": f"c{number}", "output": [*parts]})

    recorded = [truncate_output(item, policy) for item in history]

    assert [item["call_id"] for item in for_prompt(recorded, ("text", "image"))] == [
        item["call_id"] for item in history
    ]
