"""The benchmark must go on working, and must count rightly."""

from pathlib import Path

import pytest
from measure.rows import ROWS, measured_life
from measure.table import Comparison, compare
from measure.upstream import instant_upstream, streamed_text

CONFIG = """\
model = "gpt-5.4"
model_provider = "bench"

[model_providers.bench]
name = "bench"
base_url = "{}"
"""


def test_medians_are_taken_by_row_and_held_against_the_bound() -> None:
    ours = [{"turn": 1.0}, {"turn": 9.0}, {"turn": 2.0}]
    reference = [{"turn": 5.0, "exit": 1.0}, {"turn": 3.0, "exit": 1.0}, {"turn": 4.0, "exit": 1.0}]

    (turn,) = compare(ours, reference)

    assert turn == Comparison(next(row for row in ROWS if row.key == "turn"), 2.0, 4.0)
    assert (turn.ratio, turn.holds) == (0.5, True)


def test_a_cost_is_held_against_what_it_may_be_and_has_no_ratio() -> None:
    (dear,) = compare([{"attestation": 2.5}], [{"attestation": 9.0}])
    (cheap,) = compare([{"attestation": 1.5}], [])

    assert (dear.ratio, dear.holds, cheap.holds) == (None, False, True)


def test_a_streamed_answer_has_the_length_it_names_and_all_its_deltas() -> None:
    head, _, body = streamed_text(7).partition(b"\r\n\r\n")

    assert f"content-length: {len(body)}".encode() in head
    assert body.count(b"data: ") == 11
    assert body.count(b'"response.output_text.delta"') == 7


def test_a_life_of_our_server_gives_the_readings_of_its_start(
    tmp_path: Path, our_server: tuple[str, ...]
) -> None:
    with instant_upstream() as upstream:
        (tmp_path / "config.toml").write_text(CONFIG.format(upstream.base_url), "utf-8")

        readings = measured_life([*our_server, "app-server"], tmp_path, upstream, lambda _: False)

    assert list(readings) == [
        "initialize",
        "memory_initialized",
        "first_turn",
        "memory_turn",
        "memory_after",
        "exit",
    ]
    assert all(value > 0 for value in readings.values())


def test_turns_are_measured_by_every_way_to_the_model(tmp_path: Path, our_server: tuple[str, ...]) -> None:
    ways = ("turn_socket", "turn_login", "turn_attested")
    with instant_upstream() as upstream:
        (tmp_path / "config.toml").write_text(CONFIG.format(upstream.base_url), "utf-8")

        readings = measured_life([*our_server, "app-server"], tmp_path, upstream, lambda key: key in ways)

    assert all(readings[way] > 0 for way in ways)
    assert readings["attestation"] == readings["turn_attested"] - readings["turn_login"]


def test_bounds_stand_at_the_rows_that_have_a_promise() -> None:
    bounds = {row.key: row.bound for row in ROWS if row.bound is not None}

    assert bounds == pytest.approx(
        {
            "initialize": 2.0,
            "memory_initialized": 1.0,
            "first_turn": 1.2,
            "memory_turn": 1.0,
            "turn": 0.5,
            "delta_cpu": 1.0,
            "prompt_fresh": 1.0,
        }
    )
