"""Who is logged in, as far as clients may know, and `getAuthStatus` before it (model-client.md §9.6)."""

from app_server.agent.opening import Upstream, provider_of
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.model.access_token import AccessTokenAuth, AgentIdentityAuth, PersonalTokenAuth, TokenAccount
from app_server.model.auth import ApiKeyAuth, ChatGptAuth, mode_of
from app_server.model.bedrock_login import BedrockAuth
from app_server.model.login.errors import RenewalError
from app_server.model.provider import ModelProvider
from protocol.account import (
    Account,
    AmazonBedrockAccount,
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
        provider = self._provider()
        if not provider.requires_openai_auth:
            account = None if provider.aws is None else self._bedrock()
            return GetAccountResponse(account=account, requires_openai_auth=False)
        account, user_id = await self._account()
        return GetAccountResponse(account=account, user_id=user_id, requires_openai_auth=True)

    async def status(self, _call: Call, params: GetAuthStatusParams) -> GetAuthStatusResponse:
        """The older question. The token itself is told to who asks for it, and is fit for use then."""
        if params.refresh_token:
            await self._renew()
        elif params.include_token and self._upstream.renewal is not None:
            await self._upstream.renewal().keep_fresh()
        if not self._provider().requires_openai_auth:
            return GetAuthStatusResponse(requires_openai_auth=False)
        auth = self._upstream.auth.current
        token: str | None = None
        match auth:
            case ApiKeyAuth(key=key):
                token = key
            case ChatGptAuth() if self._is_dead(auth):
                auth = None
            case ChatGptAuth(access_token=access_token):
                token = access_token
            case AgentIdentityAuth() | PersonalTokenAuth() if await self._account_of(auth) is None:
                auth = None
            case _:
                pass
        return GetAuthStatusResponse.model_validate(
            {
                "authMethod": mode_of(auth),
                "authToken": token if params.include_token else None,
                "requiresOpenaiAuth": True,
            }
        )

    def _provider(self) -> ModelProvider:
        with refusals():
            return provider_of(self._configs.without_projects(), self._upstream.env)

    def _bedrock(self) -> AmazonBedrockAccount:
        """Whoever AWS takes us for; whether by credentials that we keep."""
        managed = isinstance(self._upstream.auth.current, BedrockAuth)
        return AmazonBedrockAccount(uses_codex_managed_credentials=managed)

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

    async def _account(self) -> tuple[Account | None, str | None]:
        """The account, and the id of its user."""
        match self._upstream.auth.current:
            case ApiKeyAuth():
                return ApiKeyAccount(), None
            case ChatGptAuth() as auth if self._is_dead(auth):
                return None, auth.user_id
            case ChatGptAuth(email=None):
                raise invalid_request("email and plan type are required for chatgpt authentication")
            case ChatGptAuth(email=email, plan=plan, user_id=user_id):
                return _chatgpt(email, plan), user_id
            case (AgentIdentityAuth() | PersonalTokenAuth()) as auth:
                account = await self._account_of(auth)
                return (
                    (None, None)
                    if account is None
                    else (_chatgpt(account.email, account.plan), account.user_id)
                )
            case _:
                return None, None

    async def _account_of(self, auth: AccessTokenAuth) -> TokenAccount | None:
        proofs = self._upstream.proofs
        return None if proofs is None else await proofs().account_of(auth)


def _chatgpt(email: str | None, plan: str) -> ChatgptAccount:
    return ChatgptAccount.model_validate({"email": email, "planType": plan})
