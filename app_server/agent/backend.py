"""The login as the account's own backend takes it: for usage, apps and what else belongs to an account."""

from typing import NamedTuple

from app_server.agent.opening import Upstream
from app_server.model.access_token import AgentIdentityAuth, PersonalTokenAuth
from app_server.model.auth import ChatGptAuth
from app_server.model.credentials import login_headers, proved_credentials


class BackendLogin(NamedTuple):
    """Whose login it is, and what a request carries that is sent now."""

    account_id: str | None
    headers: tuple[tuple[str, bytes], ...]


async def backend_login(upstream: Upstream) -> BackendLogin | None:
    """The login, renewed or proved if need be; None where no account is logged in."""
    if isinstance(upstream.auth.current, ChatGptAuth) and upstream.renewal is not None:
        await upstream.renewal().keep_fresh()
    match upstream.auth.current:
        case ChatGptAuth() as auth:
            return BackendLogin(auth.account_id, login_headers(auth))
        case (AgentIdentityAuth() | PersonalTokenAuth()) as auth if upstream.proofs is not None:
            proofs = upstream.proofs()
            account = await proofs.account_of(auth)
            if account is None:
                return None
            return BackendLogin(account.account_id, (await proved_credentials(auth, proofs)).headers)
        case _:
            return None
