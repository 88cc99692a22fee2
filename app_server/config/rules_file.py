"""The text of one rules file becomes rules. Nothing in it is ever evaluated (tools.md §6.4)."""

import ast
import shlex
from collections.abc import Mapping
from pathlib import Path

from app_server.config.errors import Span
from app_server.config.rules import (
    CommandRules,
    Decision,
    HostExecutable,
    Pattern,
    PrefixRule,
    RulesError,
)
from protocol.wire import JsonValue

_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "prefix_rule": ("pattern", "decision", "match", "not_match", "justification"),
    "host_executable": ("name", "paths"),
    "network_rule": ("host", "protocol", "decision", "justification"),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "prefix_rule": ("pattern",),
    "host_executable": ("name", "paths"),
    "network_rule": ("host", "protocol", "decision"),
}
_DECISIONS: Mapping[str, Decision] = {"allow": "allow", "prompt": "prompt", "forbidden": "forbidden"}


class _ProblemError(Exception):
    def __init__(self, node: ast.AST, reason: str) -> None:
        super().__init__(reason)
        self.node = node


def parse_rules(text: str, path: Path) -> CommandRules:
    """The rules of a file, in their order; those for the network are only checked. Raises RulesError."""
    try:
        module = ast.parse(text)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        # Where the parser stumbles over one character, some versions of Python end the span before it.
        end_line, end = error.end_lineno or line, error.end_offset or column
        span = Span(line, column, end_line, max(end, column + 1) if end_line == line else end)
        raise RulesError(path, error.msg, span) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise RulesError(path, "it cannot be parsed") from error
    try:
        return _Reader().read(module)
    except _ProblemError as error:
        raise RulesError(path, str(error), _span(error.node)) from error
    except RecursionError as error:
        raise RulesError(path, "it is nested too deeply") from error


def _span(node: ast.AST) -> Span:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
    end_column: int | None = getattr(node, "end_col_offset", None)
    return Span(line, column, getattr(node, "end_lineno", line), end_column or column)


class _Reader:
    """Reads calls and the assignments of literals that they may refer to."""

    def __init__(self) -> None:
        self._names: dict[str, JsonValue] = {}
        self._prefixes: list[PrefixRule] = []
        self._executables: list[HostExecutable] = []

    def read(self, module: ast.Module) -> CommandRules:
        for statement in module.body:
            match statement:
                case ast.Expr(value=ast.Call() as call):
                    self._call(call)
                case ast.Expr(value=ast.Constant(value=str())) | ast.Pass():
                    pass
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._names[name] = self._literal(value)
                case _:
                    raise _ProblemError(
                        statement, "only calls of rules and names for literals can stand here"
                    )
        return CommandRules(tuple(self._prefixes), tuple(self._executables))

    def _call(self, call: ast.Call) -> None:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name not in _PARAMETERS:
            raise _ProblemError(call.func, f"there is no rule `{name}`")
        arguments = self._arguments(call, name)
        for parameter in _REQUIRED[name]:
            if parameter not in arguments:
                raise _ProblemError(call, f"`{name}` needs `{parameter}`")
        if name == "prefix_rule":
            self._prefixes += _prefix_rules(call, arguments)
        elif name == "host_executable":
            self._executables.append(_executable(call, arguments))

    def _arguments(self, call: ast.Call, name: str) -> dict[str, JsonValue]:
        parameters = _PARAMETERS[name]
        if len(call.args) > len(parameters):
            raise _ProblemError(call, f"too many arguments for `{name}`")
        given: dict[str, JsonValue] = {}
        for parameter, value in zip(parameters, call.args, strict=False):
            given[parameter] = self._literal(value)
        for keyword in call.keywords:
            if keyword.arg not in parameters or keyword.arg in given:
                raise _ProblemError(keyword, f"`{name}` has no argument `{keyword.arg}`, or has it already")
            given[keyword.arg] = self._literal(keyword.value)
        return given

    def _literal(self, node: ast.expr) -> JsonValue:
        match node:
            case ast.Constant(value=str() | bool() | int() | None as value):
                return value
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return [self._literal(element) for element in elements]
            case ast.Name(id=name) if name in self._names:
                return self._names[name]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _sum(node, self._literal(left), self._literal(right))
            case _:
                raise _ProblemError(node, "only texts, lists and names for them can stand here")


def _sum(node: ast.AST, left: JsonValue, right: JsonValue) -> JsonValue:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right]
    raise _ProblemError(node, "only two texts or two lists can be added")


def _executable(call: ast.Call, given: dict[str, JsonValue]) -> HostExecutable:
    name, paths = given["name"], given["paths"]
    if not isinstance(name, str) or not name or "/" in name:
        raise _ProblemError(call, "invalid name: it must be the bare name of a program")
    places = [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
    if not isinstance(paths, list) or len(places) != len(paths):
        raise _ProblemError(call, "invalid paths: they must be a list of texts")
    if not all(path.startswith("/") and path.rpartition("/")[2] == name for path in places):
        raise _ProblemError(call, "invalid paths: each must be absolute and end with the name")
    return HostExecutable(name, tuple(places))


def _prefix_rules(call: ast.Call, given: dict[str, JsonValue]) -> list[PrefixRule]:
    """One rule for each choice of the first word, by which rules are looked up."""
    pattern = _pattern(call, given["pattern"])
    decision = given.get("decision")
    if decision is not None and decision not in _DECISIONS:
        raise _ProblemError(call, f"invalid decision: {decision}")
    justification = given.get("justification")
    if justification is not None and (not isinstance(justification, str) or not justification.strip()):
        raise _ProblemError(call, "invalid justification: it must be a text that is not blank")
    chosen = _DECISIONS["allow" if decision is None else str(decision)]
    first, *rest = pattern
    firsts = (first,) if isinstance(first, str) else first
    rules = [PrefixRule((word, *rest), chosen, justification) for word in firsts]
    _check_examples(call, given, rules)
    return rules


def _pattern(call: ast.Call, value: JsonValue) -> Pattern:
    if not isinstance(value, list) or not value:
        raise _ProblemError(call, "invalid pattern: it must be a list that is not empty")
    return tuple(_token(call, token) for token in value)


def _token(call: ast.Call, value: JsonValue) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    words = value if isinstance(value, list) else []
    choices = tuple(word for word in words if isinstance(word, str))
    if not choices or len(choices) != len(words):
        raise _ProblemError(call, "invalid pattern: a word must be a text, or a list of texts to choose from")
    return choices[0] if len(choices) == 1 else choices


def _check_examples(call: ast.Call, given: dict[str, JsonValue], rules: list[PrefixRule]) -> None:
    for parameter, wanted in (("match", True), ("not_match", False)):
        examples = given.get(parameter)
        if examples is None:
            continue
        if not isinstance(examples, list):
            raise _ProblemError(call, f"`{parameter}` must be a list of examples")
        for example in examples:
            words = _words(call, example)
            if any(rule.matches(words) for rule in rules) is not wanted:
                outcome = "does not match" if wanted else "matches"
                raise _ProblemError(call, f"the example `{shlex.join(words)}` {outcome} the pattern")


def _words(call: ast.Call, example: JsonValue) -> list[str]:
    if isinstance(example, str):
        try:
            words = shlex.split(example)
        except ValueError as error:
            raise _ProblemError(call, f"the example `{example}` cannot be split: {error}") from error
    else:
        words = [word for word in example if isinstance(word, str)] if isinstance(example, list) else []
    if not words:
        raise _ProblemError(call, "an example must be a command that is not empty")
    return words
