"""Who is logged in, as far as clients may know, and `getAuthStatus` before it (model-client.md §9.6)."""

from app_server.agent.opening import Upstream, provider_of
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.model.auth import ApiKeyAuth, ChatGptAuth, mode_of
from app_server.model.login.errors import RenewalError
from protocol.account import (
    Account,
    ApiKeyAccount,
    ChatgptAccount,
    GetAccountParams,
    GetAccountResponse,
)
from protocol.jsonrpc import invalid_request
from protocol.legacy import GetAuthStatusParams, GetAuthStatusResponse


class AccountHandlers:
    """Tells of the login; changing it is the `logins` area's."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader) -> None:
        self._upstream = upstream
        self._configs = configs

    async def read(self, _call: Call, params: GetAccountParams) -> GetAccountResponse:
        """Nobody, where the provider in use asks for no login."""
        if params.refresh_token:
            await self._renew()
        if not self._requires_login():
            return GetAccountResponse(account=None, requires_openai_auth=False)
        auth = self._upstream.auth.current
        return GetAccountResponse(
            account=self._account(),
            user_id=auth.user_id if isinstance(auth, ChatGptAuth) else None,
            requires_openai_auth=True,
        )

    async def status(self, _call: Call, params: GetAuthStatusParams) -> GetAuthStatusResponse:
        """The older question. The token itself is told to who asks for it."""
        if params.refresh_token:
            await self._renew()
        if not self._requires_login():
            return GetAuthStatusResponse(requires_openai_auth=False)
        auth = self._upstream.auth.current
        if isinstance(auth, ChatGptAuth) and self._is_dead(auth):
            auth = None
        token = auth.key if isinstance(auth, ApiKeyAuth) else auth.access_token if auth else None
        return GetAuthStatusResponse.model_validate(
            {
                "authMethod": mode_of(auth),
                "authToken": token if params.include_token else None,
                "requiresOpenaiAuth": True,
            }
        )

    def _requires_login(self) -> bool:
        with refusals():
            return provider_of(self._configs.without_projects(), self._upstream.env).requires_openai_auth

    async def _renew(self) -> None:
        """A failure shows itself in what is told afterwards."""
        auth, renewal = self._upstream.auth.current, self._upstream.renewal
        if renewal is None or not isinstance(auth, ChatGptAuth) or auth.external:
            return
        try:
            await renewal().renew(auth)
        except RenewalError:
            return

    def _is_dead(self, auth: ChatGptAuth) -> bool:
        """Whether this login is known to be over: the issuer renews it no more."""
        renewal = self._upstream.renewal
        return renewal is not None and renewal().refusal_of(auth) is not None

    def _account(self) -> Account | None:
        match self._upstream.auth.current:
            case ApiKeyAuth():
                return ApiKeyAccount()
            case ChatGptAuth() as auth if self._is_dead(auth):
                return None
            case ChatGptAuth(email=None):
                raise invalid_request("email and plan type are required for chatgpt authentication")
            case ChatGptAuth(email=email, plan=plan):
                return ChatgptAccount.model_validate({"email": email, "planType": plan})
            case None:
                return None
