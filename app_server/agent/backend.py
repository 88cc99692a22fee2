"""The login as the account's own backend takes it: for usage, apps and what else belongs to an account."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app_server.model.access_token import AgentIdentityAuth, PersonalTokenAuth
from app_server.model.auth import AuthStore, ChatGptAuth
from app_server.model.credentials import login_headers, proved_credentials

if TYPE_CHECKING:
    from app_server.model.login.proofs import TokenProofs
    from app_server.model.login.renewal import LoginRenewal


class Logins(Protocol):
    """Where logins come from, as `opening.Upstream` has it."""

    @property
    def auth(self) -> AuthStore: ...

    @property
    def renewal(self) -> "Callable[[], LoginRenewal] | None": ...

    @property
    def proofs(self) -> "Callable[[], TokenProofs] | None": ...


class BackendLogin(NamedTuple):
    """Whose login it is, and what a request carries that is sent now."""

    account_id: str | None
    headers: tuple[tuple[str, bytes], ...]
    user_id: str | None = None
    plan: str = "unknown"


def may_have_account(logins: Logins) -> bool:
    """Whether somebody is logged in whom the backend may know; its issuer may still say otherwise."""
    match logins.auth.current:
        case ChatGptAuth():
            return True
        case AgentIdentityAuth() | PersonalTokenAuth():
            return logins.proofs is not None
        case _:
            return False


async def backend_login(logins: Logins) -> BackendLogin | None:
    """The login, renewed or proved if need be; None where no account is logged in."""
    if isinstance(logins.auth.current, ChatGptAuth) and logins.renewal is not None:
        await logins.renewal().keep_fresh()
    match logins.auth.current:
        case ChatGptAuth() as auth:
            return BackendLogin(auth.account_id, login_headers(auth), auth.user_id, auth.plan)
        case (AgentIdentityAuth() | PersonalTokenAuth()) as auth if logins.proofs is not None:
            proofs = logins.proofs()
            account = await proofs.account_of(auth)
            if account is None:
                return None
            headers = (await proved_credentials(auth, proofs)).headers
            return BackendLogin(account.account_id, headers, account.user_id, account.plan)
        case _:
            return None
