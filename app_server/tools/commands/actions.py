"""What a command does, as far as that can be told at a glance: it reads, lists, searches (tools.md §3.7)."""

import os
import shlex

from app_server.tools.approvals.script import Words, commands_of, script_of
from protocol.item_parts import (
    CommandAction,
    ListFilesCommandAction,
    ReadCommandAction,
    SearchCommandAction,
    UnknownCommandAction,
)

_READERS = frozenset({"cat", "head", "tail", "nl", "bat", "less", "more"})
_SEARCHES = frozenset({"rg", "grep", "egrep", "fgrep", "ag", "ack"})
_FORMATTERS = frozenset({"head", "tail", "wc", "sort", "uniq", "tr", "cut", "nl", "column"})


def command_actions(argv: Words, cwd: str) -> tuple[CommandAction, ...]:
    """One for each command of the script; the whole of it as unknown when any of them is."""
    script = script_of(argv)
    whole = script.text if script is not None else shlex.join(argv)
    parts = commands_of(argv).parts
    if parts and parts[0][0] == "cd" and len(parts) > 1 and len(parts[0]) == 2:
        cwd, parts = os.path.join(cwd, parts[0][1]), parts[1:]  # noqa: PTH118 - a path of the command's
    found: list[CommandAction] = []
    for number, words in enumerate(parts):
        if number and _only_formats(words):
            continue
        action = _action(words, cwd)
        if action is None:
            return (UnknownCommandAction(command=whole),)
        found.append(action)
    return tuple(found) or (UnknownCommandAction(command=whole),)


def _only_formats(words: Words) -> bool:
    return words[0] in _FORMATTERS and not _operands(words)


def _action(words: Words, cwd: str) -> CommandAction | None:
    program, command, operands = words[0], shlex.join(words), _operands(words)
    if program == "sed" and "-n" in words and len(operands) == 2:
        operands = operands[1:]
        program = "cat"
    if program in _READERS and len(operands) == 1:
        path = os.path.normpath(os.path.join(cwd, operands[0]))  # noqa: PTH118 - a path of the command's
        return ReadCommandAction(command=command, name=os.path.basename(path), path=path)  # noqa: PTH119
    if program in ("ls", "tree") or (program == "rg" and "--files" in words):
        return ListFilesCommandAction(command=command, path=operands[0] if operands else None)
    if program in _SEARCHES and operands:
        return SearchCommandAction(
            command=command, query=operands[0], path=operands[1] if len(operands) > 1 else None
        )
    return None


def _operands(words: Words) -> list[str]:
    """The words that are neither options nor the number after `-n`."""
    found: list[str] = []
    takes_number = words[0] in ("head", "tail")
    previous = ""
    for word in words[1:]:
        if not word.startswith("-") and not (takes_number and previous in ("-n", "-c")):
            found.append(word)
        previous = word
    return found
