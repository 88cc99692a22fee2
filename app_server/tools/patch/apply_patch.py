"""`apply_patch`, carried out (tools.md §4)."""

from collections.abc import Sequence
from typing import NamedTuple

import anyio
import anyio.to_thread

from app_server.config.writable_places import lies_in, may_write
from app_server.tools.approvals.decision import Ask, Refuse, Run
from app_server.tools.approvals.grants import Grant
from app_server.tools.asking.patches import Proposed, TurnedDown, Where, ask_for_patch, decide_patch
from app_server.tools.call import FileState, Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from app_server.tools.patch.language import AddFile, DeleteFile, PatchError, Section, UpdateFile, parse_patch
from app_server.tools.patch.plan import Plan, outcome, plan_patch
from app_server.tools.patch.writing import Allowed, write_all
from protocol.item import FileChangeThreadItem
from protocol.item_parts import PatchApplyStatus


class Applied(NamedTuple):
    """How a patch ended."""

    exit_code: int
    seconds: float
    output: str


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Change the files, and say in which way. Raises ToolRefusal."""
    applied = await apply(call.id, call.text, host, host.cwd)
    seconds = f"{applied.seconds:.1f}".removesuffix(".0")
    return f"Exit code: {applied.exit_code}\nWall time: {seconds} seconds\nOutput:\n{applied.output}"


async def apply(call_id: str, text: str, host: ToolHost, cwd: str) -> Applied:
    """Verify, ask where that must be, write, and show all of it. Raises ToolRefusal."""
    try:
        plan = await anyio.to_thread.run_sync(_plan, text, cwd)
    except PatchError as error:
        raise ToolRefusal(f"apply_patch verification failed: {error}") from error
    if not plan.sections:
        raise ToolRefusal("patch rejected: empty patch")
    approvals = host.approvals
    roots, granted = approvals.writable_roots, approvals.granted
    closed = (*approvals.sandbox.kept, *approvals.sandbox.hidden)

    def inside(path: str) -> bool:
        return may_write(path, roots) and not lies_in(path, closed)

    def allowed_already(path: str) -> bool:
        return inside(path) or granted.may_write(path)

    where = await anyio.to_thread.run_sync(_where, plan.touched, inside, granted)
    verdict = decide_patch(approvals.policy, approvals.sandbox, where)
    if isinstance(verdict, Refuse):
        raise ToolRefusal(verdict.reason)
    shown = _Shown(call_id, plan, host)
    shown.begin()
    if isinstance(verdict, Ask):
        try:
            await ask_for_patch(host, Proposed(call_id, text, cwd, plan.touched))
        except anyio.get_cancelled_exc_class():
            shown.end("declined")
            raise
        except TurnedDown as no:
            shown.end(no.status)
            raise ToolRefusal(str(no)) from no
    confined = isinstance(verdict, Run) and verdict.sandboxed
    allowed: Allowed = allowed_already if confined else _anywhere
    return await _write(shown, plan, cwd, allowed, host)


def _where(paths: Sequence[str], inside: Allowed, granted: Grant) -> Where:
    outside = [path for path in paths if not inside(path)]
    if not outside:
        return "inside"
    return "granted" if all(granted.may_write(path) for path in outside) else "outside"


def _anywhere(_path: str) -> bool:
    return True


def _plan(text: str, cwd: str) -> Plan:
    return plan_patch(parse_patch(text), cwd)


async def _write(shown: "_Shown", plan: Plan, cwd: str, allowed: Allowed, host: ToolHost) -> Applied:
    began = anyio.current_time()
    try:
        # Not left half-way: an interrupt takes effect when the files are written.
        states = await anyio.to_thread.run_sync(_carry_out, plan.sections, cwd, allowed)
    except PatchError as error:
        shown.end("failed")
        return Applied(1, anyio.current_time() - began, f"{error}\n")
    shown.end("completed")
    host.files_changed(states)
    return Applied(0, anyio.current_time() - began, _summary(plan.sections))


def _carry_out(sections: Sequence[Section], cwd: str, allowed: Allowed) -> list[FileState]:
    states = outcome(sections, cwd)
    write_all(states, allowed)
    return states


def _summary(sections: Sequence[Section]) -> str:
    added = [section.path for section in sections if isinstance(section, AddFile)]
    changed = [section.move_to or section.path for section in sections if isinstance(section, UpdateFile)]
    removed = [section.path for section in sections if isinstance(section, DeleteFile)]
    lines = [
        f"{mark} {path}\n"
        for mark, paths in zip("AMD", (added, changed, removed), strict=True)
        for path in paths
    ]
    return "".join(["Success. Updated the following files:\n", *lines])


class _Shown:
    """The item of the patch."""

    def __init__(self, call_id: str, plan: Plan, host: ToolHost) -> None:
        self._host = host
        self._call_id = call_id
        self._changes = list(plan.changes)

    def begin(self) -> None:
        self._host.started(self._item("inProgress"))

    def end(self, status: PatchApplyStatus) -> None:
        self._host.completed(self._item(status))

    def _item(self, status: PatchApplyStatus) -> FileChangeThreadItem:
        return FileChangeThreadItem(id=self._call_id, changes=self._changes, status=status)
