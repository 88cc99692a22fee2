"""What a thread has been allowed so far, and what a turn of it may do (tools.md §6.2)."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import orjson

from app_server.config.permissions import ApprovalPolicy, SandboxPolicy
from app_server.config.rules import CommandRules
from app_server.tools.approvals.grants import NOTHING, Grant


@dataclass(slots=True)
class ThreadApprovals:
    """Owned by the session; lives as long as the thread is loaded."""

    home: Path
    """Whose rules file takes what is allowed for good."""
    rules: CommandRules
    """As they were when the thread was loaded, and what was allowed for good since."""
    granted: Grant = NOTHING
    """What may be done beyond the sandbox for the rest of the session."""
    denied: dict[str, str] = field(default_factory=dict[str, str])
    """What the automatic reviewer has refused: the action, by the id of its review."""
    overruled: dict[str, bool] = field(default_factory=dict[str, bool])
    """Those of these actions that the user allows all the same, once."""
    _accepted: set[Hashable] = field(default_factory=set[Hashable])

    def accept(self, keys: Iterable[Hashable]) -> None:
        """Remember what was allowed for the rest of the session."""
        self._accepted.update(keys)

    def accepted(self, keys: Iterable[Hashable]) -> bool:
        """Whether each of these was allowed for the session."""
        wanted = set(keys)
        return bool(wanted) and wanted <= self._accepted

    def allow_prefix(self, prefix: Sequence[str]) -> None:
        """Allow commands that begin so, now and for good. Blocks. Raises OSError.

        The rule holds for this thread even when it cannot be written.
        """
        self.rules = self.rules.with_allowed(prefix)
        append_rule(self.home / "rules" / "default.rules", prefix)


class TurnApprovals(NamedTuple):
    """What counts for decisions of one turn."""

    policy: ApprovalPolicy
    sandbox: SandboxPolicy
    writable_roots: tuple[str, ...]
    """What workspace-write lets commands write to; empty otherwise."""
    thread: ThreadApprovals
    granted: Grant = NOTHING
    """What commands may do beyond the sandbox."""


def append_rule(file: Path, prefix: Sequence[str]) -> None:
    """Add a rule that allows the prefix, unless the file has it. Blocks. Raises OSError."""
    from filelock import FileLock, Timeout  # hardly any thread ever comes here

    line = f'prefix_rule(pattern=[{", ".join(_quoted(word) for word in prefix)}], decision="allow")'
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{file}.lock", timeout=10):
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            if line in text.splitlines():
                return
            with file.open("a", encoding="utf-8", newline="\n") as rules:
                rules.write(f"{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n")
    except Timeout as error:
        raise OSError(f"somebody else is writing {file}") from error


def _quoted(word: str) -> str:
    return orjson.dumps(word).decode()
