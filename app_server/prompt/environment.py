"""The `<environment_context>` part: where commands run, what day it is (prompt-input.md §2.4).

Values are not escaped: the block is for reading, not for an XML parser.
"""

from collections.abc import Sequence
from typing import NamedTuple

from protocol.wire import JsonObject


class Environment(NamedTuple):
    """A place where commands of the turn run."""

    id: str
    cwd: str
    shell: str


class NetworkRules(NamedTuple):
    """Domains that managed requirements allow and deny."""

    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()

    def to_record(self) -> JsonObject:
        """`network` of a turn context record."""
        return {"allowed_domains": [*self.allowed], "denied_domains": [*self.denied]}


def environment_context(
    *,
    environments: Sequence[Environment],
    current_date: str | None,
    timezone: str | None,
    network: NetworkRules | None = None,
    subagents: Sequence[str] = (),
) -> str:
    """The whole block. No environment: no cwd and no shell; several: one block each.

    `subagents` are the lines about living children, ready made.
    """
    lines = [*_environment_lines(environments)]
    if current_date is not None:
        lines.append(f"  <current_date>{current_date}</current_date>")
    if timezone is not None:
        lines.append(f"  <timezone>{timezone}</timezone>")
    if network is not None:
        lines.append(_network_line(network))
    if subagents:
        lines += ["  <subagents>", *(f"    {line}" for line in subagents), "  </subagents>"]
    return "\n".join(["<environment_context>", *lines, "</environment_context>"])


def _environment_lines(environments: Sequence[Environment]) -> list[str]:
    if len(environments) == 1:
        only = environments[0]
        return [f"  <cwd>{only.cwd}</cwd>", f"  <shell>{only.shell}</shell>"]
    if not environments:
        return []
    lines = ["  <environments>"]
    for environment in environments:
        lines += [
            f'    <environment id="{environment.id}">',
            f"      <cwd>{environment.cwd}</cwd>",
            f"      <shell>{environment.shell}</shell>",
            "    </environment>",
        ]
    return [*lines, "  </environments>"]


def _network_line(network: NetworkRules) -> str:
    allowed = f"<allowed>{','.join(sorted(network.allowed))}</allowed>" if network.allowed else ""
    denied = f"<denied>{','.join(sorted(network.denied))}</denied>" if network.denied else ""
    return f'  <network enabled="true">{allowed}{denied}</network>'
