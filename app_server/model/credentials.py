"""The credentials of a request, and whether an attestation goes with them (model-client.md §6, §10.1)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app_server.model.access_token import AccessTokenAuth, PersonalTokenAuth
from app_server.model.auth import ApiKeyAuth, Auth, AuthStore, ChatGptAuth, is_of_account
from app_server.model.errors import broken_token, missing_key
from app_server.model.provider import CommandAuth, ModelProvider
from app_server.model.request_credentials import RequestCredentials, bearer, of_account

if TYPE_CHECKING:
    from app_server.model.command_token import CommandToken
    from app_server.model.login.proofs import TokenProofs
    from app_server.model.login.renewal import LoginRenewal


class Credentials(Protocol):
    """Gives the credentials of one thread's requests, fresh for every attempt."""

    @property
    def of_account(self) -> bool:
        """Whether they are those of a ChatGPT account."""
        ...

    async def current(self) -> RequestCredentials:
        """Raises ModelError when there must be credentials and are none."""
        ...

    async def recover(self, refusals: int) -> bool:
        """The provider said 401, so often in this attempt: are there other credentials to try?

        Raises ModelError when they should have been renewed, and could not be.
        """
        ...


class ProviderCredentials:
    """What a provider wants: its own key, token or command, else the login if it takes one."""

    def __init__(
        self,
        provider: ModelProvider,
        auth: AuthStore,
        env: Mapping[str, str],
        config_dir: Path | None = None,
        *,
        renewal: "Callable[[], LoginRenewal] | None" = None,
        proofs: "Callable[[], TokenProofs] | None" = None,
    ) -> None:
        """Without `renewal`, the login is never renewed; without `proofs`, no program's token is used."""
        self._provider = provider
        self._auth = auth
        self._env = env
        self._renewal = renewal if provider.takes_login else None
        self._proofs = proofs if provider.takes_login else None
        self._used: Auth | None = None
        command = provider.command_auth
        self._command = None if command is None else _command_token(command, config_dir)

    @property
    def of_account(self) -> bool:
        return self._provider.takes_login and is_of_account(self._auth.current)

    async def current(self) -> RequestCredentials:
        if self._command is not None:
            return bearer(await self._command.get())
        if self._renewal is not None and isinstance(self._auth.current, ChatGptAuth):
            await self._renewal().keep_fresh()
        self._used = self._auth.current
        if self._used is None and self._provider.takes_login and self._auth.holds_broken_token():
            raise broken_token()
        if self._proofs is not None and isinstance(self._used, AccessTokenAuth):
            return await proved_credentials(self._used, self._proofs())
        return credentials_for(self._provider, self._used, self._env)

    async def recover(self, refusals: int) -> bool:
        if self._command is not None:
            return refusals == 1 and await self._command.renew()
        if self._renewal is None or not isinstance(self._used, ChatGptAuth):
            return False
        from app_server.model.login.errors import RenewalError  # a rare case

        try:
            return await self._renewal().recover(self._used, refusals)
        except RenewalError as error:
            raise error.for_turn() from error


def credentials_for(provider: ModelProvider, auth: Auth | None, env: Mapping[str, str]) -> RequestCredentials:
    """The credentials of a provider without a command: `env_key`, its token, the login, or none.

    Raises ModelError when the variable of `env_key` is unset or blank.
    """
    if provider.env_key is not None:
        key = env.get(provider.env_key, "").strip()
        if not key:
            raise missing_key(provider.env_key, provider.env_key_instructions)
        return bearer(key)
    if provider.bearer_token is not None:
        return bearer(provider.bearer_token)
    if not provider.takes_login:
        return RequestCredentials()
    match auth:
        case ApiKeyAuth(key=key):
            return bearer(key)._replace(key_login=True)
        case ChatGptAuth():
            return _login(auth)
        case _:
            return RequestCredentials()


async def proved_credentials(auth: AccessTokenAuth, proofs: "TokenProofs") -> RequestCredentials:
    """Those of a token, once its issuer has confirmed it. Raises ModelError."""
    from app_server.model.login.errors import ProofError  # loaded with the proofs

    try:
        proof = await proofs.of(auth)
    except ProofError as error:
        raise error.for_turn() from error
    account = proof.account
    return of_account(proof.authorization(), account.account_id, is_fedramp=account.is_fedramp)


def attestation_in_scope(provider: ModelProvider, auth: Auth | None) -> bool:
    """Whether the requests of a thread that starts now carry an attestation, as long as the thread lives.

    They do exactly where the ChatGPT login goes, or a personal access token in its place, and not with an
    agent's identity; the caller asks once, when the thread is created.
    """
    return isinstance(auth, ChatGptAuth | PersonalTokenAuth) and provider.takes_login


def login_headers(auth: ChatGptAuth) -> tuple[tuple[str, bytes], ...]:
    """Those of a ChatGPT login, for what its own backend is asked. Raises ModelError."""
    return _login(auth).headers


def _login(auth: ChatGptAuth) -> RequestCredentials:
    return of_account(f"Bearer {auth.access_token}", auth.account_id, is_fedramp=auth.is_fedramp)


def _command_token(command: CommandAuth, config_dir: Path | None) -> "CommandToken":
    from app_server.model.command_token import CommandToken  # few providers have one

    return CommandToken(command, config_dir)
