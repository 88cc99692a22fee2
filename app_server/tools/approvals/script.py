"""A shell script taken apart into plain commands, as far as it is nothing but those (tools.md §6.3).

What is judged here must be what the shell will run. So the grammar of bash decides, and a script with
anything in it that the shell computes (variables, substitutions, braces, redirections, control flow) or that
does not parse is not taken apart at all.
"""

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

Words = tuple[str, ...]

_SHELLS: Final = frozenset({"bash", "zsh", "sh"})
_SCRIPT_FLAGS: Final = frozenset({"-c", "-lc"})

_STRUCTURE: Final = frozenset({"program", "list", "pipeline"})
_SEPARATORS: Final = frozenset({"&&", "||", ";", "|", "\n"})
_ARGUMENTS: Final = frozenset({"word", "number", "string", "raw_string", "concatenation"})
_ARGUMENT_PARTS: Final = _ARGUMENTS | {"string_content", '"'}


class Script(NamedTuple):
    """What a shell is asked to run."""

    flag: str
    text: str


class Commands(NamedTuple):
    """The commands of an argument list, each as its words."""

    parts: tuple[Words, ...]
    has_input: bool = False
    """Whether a here-document feeds the only command: then its words do not tell all that it does."""


def script_of(argv: Words) -> Script | None:
    """The script when the argument list is a shell with one."""
    if len(argv) == 3 and argv[1] in _SCRIPT_FLAGS and PurePath(argv[0]).name in _SHELLS:
        return Script(argv[1], argv[2])
    return None


def commands_of(argv: Words) -> Commands:
    """The commands inside; an argument list that cannot be taken apart is one opaque command."""
    script = script_of(argv)
    if script is None:
        return Commands((argv,))
    root = _root(script.text)
    if root is None:
        return Commands((argv,))
    plain = _plain_commands(root)
    if plain:
        return Commands(plain)
    fed = _fed_command(root)
    return Commands((argv,)) if fed is None else Commands((fed,), has_input=True)


def plain_commands(script: str) -> tuple[Words, ...] | None:
    """The commands of a script that consists of nothing else; None for any other script."""
    root = _root(script)
    return None if root is None else _plain_commands(root)


def _root(script: str) -> "Node | None":
    try:
        source = script.encode()
    except UnicodeEncodeError:  # a lone surrogate: no shell could be given it
        return None
    root = _parser().parse(source).root_node
    return None if root.has_error else root


def _parser() -> "Parser":
    import tree_sitter_bash  # a grammar of a megabyte, which only threads with commands need
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_bash.language()))


def _plain_commands(root: "Node") -> tuple[Words, ...] | None:
    commands: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "command":
            commands.append(node)
        elif node.type in _STRUCTURE:
            waiting += node.children
        elif node.is_named or node.type not in _SEPARATORS:
            return None
    commands.sort(key=lambda node: node.start_byte)
    return _all_words(commands)


def _all_words(commands: "list[Node]") -> tuple[Words, ...] | None:
    found: list[Words] = []
    for command in commands:
        words = _words(command)
        if words is None:
            return None
        found.append(words)
    return tuple(found) or None


def _words(command: "Node") -> Words | None:
    words: list[str] = []
    for child in command.children:
        node = child
        if child.type == "command_name":
            if child.child_count != 1:
                return None
            node = child.children[0]
        word = _literal(node)
        if word is None:
            return None
        words.append(word)
    return tuple(words) or None


def _literal(argument: "Node") -> str | None:
    """The word that the shell makes of an argument; None when it would compute something."""
    if argument.type not in _ARGUMENTS:
        return None
    waiting = list(argument.children)
    while waiting:
        node = waiting.pop()
        if node.type not in _ARGUMENT_PARTS:
            return None
        waiting += node.children
    text = argument.text
    return None if text is None else _unquoted(text.decode())


def _unquoted(text: str) -> str | None:
    """The text without its quotes and escapes; None when braces in it make several words."""
    word: list[str] = []
    bare: list[str] = []
    quote, position = "", 0
    while position < len(text):
        character = text[position]
        following = text[position + 1 : position + 2]
        position += 1
        if character == quote:
            quote = ""
        elif quote == "'":
            word.append(character)
        elif character == "\\" and following and (not quote or following in '$`"\\\n'):
            position += 1
            word.append("" if following == "\n" else following)
        elif not quote and character in "'\"":
            quote = character
        else:
            word.append(character)
            if not quote:
                bare.append(character)
    unquoted = "".join(bare)
    if "{" in unquoted and ("," in unquoted or ".." in unquoted):
        return None
    return "".join(word)


def _fed_command(root: "Node") -> Words | None:
    """The words of a script that is one command with a here-document and no other redirection."""
    if root.child_count < 1 or any(child.is_named for child in root.children[1:]):
        return None
    statement = root.children[0]
    if statement.type != "redirected_statement" or statement.child_count != 2:
        return None
    command, redirect = statement.children
    if command.type != "command" or redirect.type != "heredoc_redirect":
        return None
    if any(child.type not in _HEREDOC or child.named_child_count for child in redirect.children):
        return None
    return _words(command)


_HEREDOC: Final = frozenset({"<<", "<<-", "heredoc_start", "heredoc_body", "heredoc_end"})
