"""The demonstration as people see it: readable in a narrow terminal, with nothing torn or squeezed away."""

import io
import itertools

import pytest
from demo.flow import Flow
from demo.report import STEPS, Report
from demo.view import TerminalView
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from protocol.wire import JsonObject

PART: JsonObject = {"type": "input_text", "text": "<environment_context>\n  <cwd>/somewhere</cwd>"}
QUESTION: JsonObject = {"type": "input_text", "text": "What is there to be seen, " * 9}


def report() -> Report:
    message: JsonObject = {"role": "developer", "content": [PART, QUESTION]}
    header = '{"v":1,"s":0,"t":"v1.demo-0d19c4157a4145c2"}'
    return Report(
        seen=list(STEPS), server="demo/0.169.0 (Debian)", prompt_input=[message], header=header, envelope={}
    )


@pytest.mark.parametrize("width", [45, 60, 80])
def test_every_row_of_the_prompt_is_whole_but_for_its_end(width: int) -> None:
    shown = io.StringIO()
    view = TerminalView(Console(file=shown, width=width))

    view.step(report(), "prompt")
    rows = [line.split() for line in shown.getvalue().splitlines()]

    assert ["role", "part", "bytes", "begins"] in [row[:4] for row in rows]
    assert ["developer", "input_text", str(len(str(PART["text"])))] in [row[:3] for row in rows]
    assert ["developer", "input_text", str(len(str(QUESTION["text"])))] in [row[:3] for row in rows]


@pytest.mark.parametrize("width", [45, 60, 80])
def test_no_line_is_longer_than_the_terminal_is_wide(width: int) -> None:
    shown = io.StringIO()
    view = TerminalView(Console(file=shown, width=width))

    for step in STEPS:
        view.step(report(), step)
    for word in str(QUESTION["text"]).split():
        view.event("item/agentMessage/delta", {"delta": f"{word} "})
    view.event("turn/completed", {})
    view.end(report())

    assert max(len(line.rstrip()) for line in shown.getvalue().splitlines()) <= width


@given(text=st.text("ab \n", max_size=80), cuts=st.sets(st.integers(0, 80)))
def test_a_text_in_pieces_flows_as_it_does_whole(text: str, cuts: set[int]) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]

    def flown(pieces: list[str]) -> str:
        shown = io.StringIO()
        flow = Flow(Console(file=shown, width=20))
        for piece in pieces:
            flow.add(piece)
        flow.end()
        return shown.getvalue()

    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]

    assert flown(pieces) == flown([text])
    assert "".join(flown([text]).split()).replace("│", "") == "".join(text.split())
