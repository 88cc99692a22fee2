"""What issuers confirmed of the tokens that programs were given: asked when it is first needed, and once."""

import logging
from collections.abc import Mapping
from typing import Final, Protocol

import anyio

from app_server.model.access_token import AccessTokenAuth, AgentIdentityAuth, TokenAccount
from app_server.model.login.errors import ProofError
from app_server.model.login.issuer import Caller

_log: Final = logging.getLogger("app_server.login")


class Proof(Protocol):
    """A token that can be used."""

    account: TokenAccount

    def authorization(self) -> str:
        """The `authorization` header of a request that is sent now."""
        ...


class TokenProofs:
    """Owns the proof of the last token. A failure is not kept: whoever needs the token next asks again."""

    def __init__(self, caller: Caller, env: Mapping[str, str], chatgpt_base_url: str) -> None:
        self._caller = caller
        self._env = env
        self._base_url = chatgpt_base_url
        self._lock = anyio.Lock()
        self._known: tuple[AccessTokenAuth, Proof] | None = None

    async def of(self, auth: AccessTokenAuth) -> Proof:
        """Raises ProofError."""
        async with self._lock:
            if self._known is None or self._known[0] != auth:
                self._known = auth, await self._proved(auth)
            return self._known[1]

    async def account_of(self, auth: AccessTokenAuth) -> TokenAccount | None:
        """The account; None when nobody confirms the token, which counts as logged out."""
        try:
            return (await self.of(auth)).account
        except ProofError as error:
            _log.warning("the login cannot be used: %s", error)
            return None

    async def _proved(self, auth: AccessTokenAuth) -> Proof:
        if isinstance(auth, AgentIdentityAuth):
            from app_server.model.login.agent_identity import register_task

            return await register_task(auth, self._caller, self._env, self._base_url)
        from app_server.model.login.personal_token import ask_whose

        return await ask_whose(auth, self._caller, self._env)
