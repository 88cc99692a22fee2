"""A patch that is shown while it is still being written (tools.md §4.3)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app_server.agent.streamed_patch import PatchInProgress
from app_server.model.answer.events import CustomToolInputDelta
from app_server.tools.patch.streamed import StreamedPatch
from protocol.item_progress import FileChangePatchUpdatedNotification
from protocol.wire import JsonValue, WireModel

PATCH = """*** Begin Patch
*** Add File: a.txt
+one
*** Delete File: x.txt
*** Update File: o.txt
*** Move to: p.txt
@@ anchor
 a
-b
+c

@@
-d
*** End of File
*** End Patch
"""
WHOLE: JsonValue = [
    {"path": "a.txt", "kind": {"type": "add"}, "diff": "one\n"},
    {
        "path": "o.txt",
        "kind": {"type": "update", "move_path": "p.txt"},
        "diff": "@@ anchor\n-a\n-b\n-\n+a\n+c\n+\n@@\n-d\n*** End of File\n\n\nMoved to: p.txt",
    },
    {"path": "x.txt", "kind": {"type": "delete"}, "diff": ""},
]


def shown(patch: StreamedPatch) -> JsonValue:
    return [change.to_wire() for change in patch.changes()]


def after(*pieces: str) -> JsonValue:
    patch = StreamedPatch()
    for piece in pieces:
        patch.feed(piece)
    return shown(patch)


@given(st.lists(st.integers(0, len(PATCH))))
def test_where_the_text_is_cut_makes_no_difference(cuts: list[int]) -> None:
    places = sorted({0, len(PATCH), *cuts})

    pieces = [PATCH[begin:end] for begin, end in pairwise(places)]

    assert after(*pieces) == WHOLE


@given(st.lists(st.text(alphabet="*+-@ \n\rabEndPatchFilU:", max_size=40), max_size=8))
def test_whatever_comes_can_be_shown(pieces: list[str]) -> None:
    after("*** Begin Patch\n", *pieces)


def test_a_file_is_shown_with_its_header_and_grows_with_each_whole_line() -> None:
    patch = StreamedPatch()

    assert not patch.feed("*** Begin Patch\n*** Add File: a.txt")
    assert patch.feed("\n")
    assert shown(patch) == [{"path": "a.txt", "kind": {"type": "add"}, "diff": ""}]
    assert not patch.feed("+on")
    assert patch.feed("e\n+t")
    assert shown(patch) == [{"path": "a.txt", "kind": {"type": "add"}, "diff": "one\n"}]


def test_a_first_change_needs_no_marker_and_an_empty_line_is_context() -> None:
    found = after("*** Begin Patch\n*** Update File: o\n a\n\n+new\n")

    update: JsonValue = {"type": "update", "move_path": None}
    assert found == [{"path": "o", "kind": update, "diff": "@@\n-a\n-\n+a\n+\n+new\n"}]


def test_lines_that_mean_nothing_are_passed_over() -> None:
    begun = "  *** Begin Patch  \n *** Add File: a \n+x\njunk\n+z\n"

    assert after("no patch\n", begun) == [{"path": "a", "kind": {"type": "add"}, "diff": "x\nz\n"}]
    assert after(begun, "*** End Patch\n*** Delete File: b\n") == after(begun)


class Told:
    """What clients saw of one call, by a clock that the test turns."""

    def __init__(self) -> None:
        self.at = 0.0
        self.diffs: list[str] = []
        item: dict[str, JsonValue] = {"id": "ctc-1", "call_id": "c1"}
        self.call = PatchInProgress(item, "thread", "turn", self.emit, lambda: self.at)

    def emit(self, event: WireModel) -> None:
        assert isinstance(event, FileChangePatchUpdatedNotification)
        assert event.item_id == "c1"
        self.diffs.append(event.changes[0].diff)

    def hear(
        self, text: str, *, at: float, item_id: str | None = "ctc-1", call_id: str | None = None
    ) -> None:
        self.at = at
        self.call.hear(CustomToolInputDelta(text, item_id, call_id))


def test_what_comes_fast_is_told_twice_a_second_and_the_last_of_it_at_the_end() -> None:
    told = Told()
    told.hear("*** Begin Patch\n*** Add File: a\n+0\n", at=0)

    for tenth in range(1, 10):
        told.hear(f"+{tenth}\n", at=tenth / 10)
    told.call.finish()

    assert told.diffs == ["0\n", "0\n1\n2\n3\n4\n5\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"]


def test_a_call_that_says_nothing_new_is_not_told_again() -> None:
    told = Told()
    told.hear("*** Begin Patch\n*** Add File: a\n", at=0, item_id=None, call_id="c1")
    told.hear("*** End Patch\n", at=2)

    told.call.finish()

    assert told.diffs == [""]


def test_pieces_of_another_call_are_not_taken() -> None:
    told = Told()

    told.hear("*** Begin Patch\n*** Add File: a\n", at=0, item_id="ctc-2", call_id="c2")
    told.hear("*** Begin Patch\n*** Add File: a\n", at=1, item_id=None, call_id="c2")

    assert told.diffs == []
