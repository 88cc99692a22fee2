"""Which hooks of a thread run at a moment (tools.md §10)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from app_server.hooks.hook import Hook

_NAMES: Final = re.compile(r"[A-Za-z0-9_|]+")


def selected(hooks: Iterable[Hook], moment: str, subjects: Sequence[str] = ()) -> list[Hook]:
    """The hooks of the moment, by its name in config files, whose matcher takes one of the subjects.

    A subject is what the moment is about: a tool by each of its names, or what began a session.
    """
    return [
        hook
        for hook in hooks
        if hook.moment.name == moment and (not hook.moment.matched or _matches(hook.matcher, subjects))
    ]


def _matches(matcher: str | None, subjects: Sequence[str]) -> bool:
    if matcher in (None, "", "*"):
        return True
    if _NAMES.fullmatch(matcher):
        return any(subject in matcher.split("|") for subject in subjects)
    pattern = _pattern(matcher)
    return any(pattern.search(subject) for subject in subjects)


@lru_cache
def _pattern(matcher: str) -> re.Pattern[str]:
    return re.compile(matcher)
