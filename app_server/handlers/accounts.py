"""`account/read`: who is logged in, as far as clients may know (model-client.md §9.6)."""

from collections.abc import Mapping

from app_server.agent.opening import provider_of
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.model.auth import ApiKeyAuth, AuthStore, ChatGptAuth
from protocol.account import (
    Account,
    ApiKeyAccount,
    ChatgptAccount,
    GetAccountParams,
    GetAccountResponse,
)
from protocol.jsonrpc import invalid_request


class AccountHandlers:
    """Tells of the stored login; changing it is not built yet."""

    def __init__(self, auth: AuthStore, configs: ConfigLoader, env: Mapping[str, str]) -> None:
        self._auth = auth
        self._configs = configs
        self._env = env

    async def read(self, _call: Call, _params: GetAccountParams) -> GetAccountResponse:
        """Nobody, where the provider in use asks for no login."""
        with refusals():
            provider = provider_of(self._configs.startup().config, self._env)
        if not provider.requires_openai_auth:
            return GetAccountResponse(account=None, requires_openai_auth=False)
        return GetAccountResponse(account=self._account(), requires_openai_auth=True)

    def _account(self) -> Account | None:
        match self._auth.current:
            case ApiKeyAuth():
                return ApiKeyAccount()
            case ChatGptAuth(email=None):
                raise invalid_request("email and plan type are required for chatgpt authentication")
            case ChatGptAuth(email=email, plan=plan):
                return ChatgptAccount.model_validate({"email": email, "planType": plan})
            case None:
                return None
