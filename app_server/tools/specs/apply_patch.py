"""`apply_patch`: changes of files, written as a patch (tools.md §4)."""

from typing import Final

from app_server.tools.context import ToolContext
from app_server.tools.forms import custom
from protocol.wire import JsonObject

GRAMMAR: Final = r"""start: opening section+ closing
opening: "*** Begin Patch" LF
closing: "*** End Patch" LF?

section: addition | deletion | update
addition: "*** Add File: " path LF added_line+
deletion: "*** Delete File: " path LF
update: "*** Update File: " path LF destination? edits?

path: /(.+)/
destination: "*** Move to: " path LF
edits: (anchor | edited_line)+ at_end?
anchor: ("@@" | "@@ " /(.+)/) LF
added_line: "+" /(.*)/ LF
edited_line: ("+" | "-" | " ") /(.*)/ LF
at_end: "*** End of File" LF

%import common.LF
"""


def apply_patch(_context: ToolContext) -> JsonObject:
    return custom(
        "apply_patch",
        "Add, change, move and delete files. The input is the text of the patch itself: never wrap it in "
        "JSON.",
        GRAMMAR,
    )
