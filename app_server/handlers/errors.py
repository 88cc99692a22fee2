"""The one place where what the layers below refuse becomes an error answer (connection.md §3)."""

from collections.abc import Generator
from contextlib import contextmanager

from app_server.agent.errors import AgentError
from app_server.agent.mcp import RequiredServersError
from app_server.config.errors import ConfigError
from app_server.model.provider import ProviderError
from app_server.store.errors import StoreError, StoreRequestError
from protocol.jsonrpc import internal_error, invalid_request


@contextmanager
def refusals() -> Generator[None]:
    """Turns the domain's exceptions, raised inside, into `RpcError`."""
    try:
        yield
    except (ConfigError, ProviderError) as error:
        raise invalid_request(f"failed to load configuration: {error}", kind="config_error") from error
    except RequiredServersError as error:
        raise internal_error(
            f"error creating thread: Fatal error: Failed to initialize session: {error}",
            kind="mcp_server_failed",
        ) from error
    except AgentError as error:
        raise invalid_request(str(error), error.data, kind=error.kind) from error
    except StoreRequestError as error:
        raise invalid_request(str(error), kind=error.kind) from error
    except StoreError as error:
        raise internal_error(str(error), kind=error.kind) from error
