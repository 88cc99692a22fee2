"""The shape of a row, and the rules of order that rows refer to.

A row names its types as `"module:Type"`, so that the table costs nothing until a method is used.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from protocol.wire import WireModel

NEW = "0.169"
"""The version of the wire that is spoken; a row or field of this mark is not in 0.131."""

OLD = "0.131"
"""The version whose clients are still served."""

Audience = Literal["connection", "thread", "all"]


class Ordering(NamedTuple):
    """Which requests wait for each other: those with the same family and the same value (connection.md §5).

    `by` names the params fields of which the first that is neither None nor empty gives the value; where all
    are, the request waits for nobody. Without `by` the family is one queue.
    """

    family: str
    by: tuple[str, ...] = ()
    shared: bool = False
    """May run together with other shared ones of its queue."""
    per_connection: bool = False
    """The value belongs to the connection that sent it."""


THREAD = Ordering("thread", ("thread_id",))
THREAD_OR_PATH = Ordering("thread", ("thread_id", "path"))
CONFIG = Ordering("config")
CONFIG_READ = Ordering("config", shared=True)
ACCOUNT = Ordering("account-auth")
MCP_REGISTRY = Ordering("mcp-registry")
MCP_SERVER = Ordering("mcp-server", ("name",))
MEMORY = Ordering("memory")
WINDOWS_SETUP = Ordering("windows-sandbox-setup")
COMMAND = Ordering("command", ("process_id",), per_connection=True)
PROCESS = Ordering("process", ("process_handle",), per_connection=True)
WATCH = Ordering("watch", ("watch_id",), per_connection=True)
SEARCH = Ordering("search", ("session_id",))


@cache
def resolve(reference: str) -> Any:  # noqa: ANN401 - a model, or a union of models, which has no type of its own
    """The type behind `"module:Type"`."""
    module, _, name = reference.partition(":")
    return getattr(import_module(f"protocol.{module}"), name)


class ClientRequest(NamedTuple):
    """A method that clients call."""

    name: str
    params: str | None
    """None: it takes none."""
    result: str
    ordering: Ordering | None = None
    """None: it starts at once, whatever else runs."""
    experimental: bool = False
    since: str | None = None
    """The first version of the wire that has it, where 0.131 does not."""
    until: str | None = None
    """The last version that has it, where the newest does not."""
    optional: bool = False
    """The params may be absent or null."""
    hidden: bool = False
    """Answered, but in no schema."""

    def params_type(self) -> "type[WireModel] | None":
        """What its params decode to; a union for `account/login/start`."""
        return resolve(self.params) if self.params else None

    def result_type(self) -> "type[WireModel]":
        return resolve(self.result)


def call(
    name: str,
    types: str,
    ordering: Ordering | None = None,
    *,
    params: str | None = "",
    optional: bool = False,
    experimental: bool = False,
    since: str | None = None,
    until: str | None = None,
    hidden: bool = False,
) -> ClientRequest:
    """A row of the types `"module:Stem"` + `Params` and + `Response`; `params` says otherwise, or None."""
    if params == "":
        params = f"{types}Params"
    return ClientRequest(
        name, params, f"{types}Response", ordering, experimental, since, until, optional, hidden
    )


class ServerRequest(NamedTuple):
    """A question to a client."""

    name: str
    params: str
    result: str

    def params_type(self) -> "type[WireModel]":
        """A union for `mcpServer/elicitation/request`."""
        return resolve(self.params)

    def result_type(self) -> "type[WireModel]":
        return resolve(self.result)


class ServerNotification(NamedTuple):
    """Something that the server tells."""

    name: str
    params: str
    audience: Audience
    experimental: bool = False
    """Dropped for connections without `experimentalApi`."""
    since: str | None = None

    def params_type(self) -> "type[WireModel]":
        return resolve(self.params)
