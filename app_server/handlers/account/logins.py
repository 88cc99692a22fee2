"""Logging in and out (model-client.md §9.6)."""

from typing import TYPE_CHECKING
from uuid import UUID

import anyio.to_thread

from app_server.agent.opening import Upstream
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call, Reply
from app_server.model.auth import ChatGptAuth, external_auth, mode_of, plan_of
from app_server.model.auth_storage import StorageError
from app_server.model.bedrock_login import BedrockAuth
from app_server.model.login.errors import NoLoginError, workspace_refusal
from app_server.model.login.logins import Logins
from protocol.account import AccountUpdatedNotification
from protocol.jsonrpc import internal_error, invalid_request
from protocol.login import (
    AccountLoginCompletedNotification,
    AmazonBedrockAccessKeysLoginAccountParams,
    AmazonBedrockLoginAccountParams,
    AmazonBedrockLoginAccountResponse,
    ApiKeyLoginAccountParams,
    ApiKeyLoginAccountResponse,
    CancelLoginAccountParams,
    CancelLoginAccountResponse,
    ChatgptAuthTokensLoginAccountParams,
    ChatgptAuthTokensLoginAccountResponse,
    ChatgptDeviceCodeLoginAccountParams,
    ChatgptDeviceCodeLoginAccountResponse,
    ChatgptLoginAccountParams,
    ChatgptLoginAccountResponse,
    LoginAccountParams,
    LogoutAccountResponse,
)
from protocol.wire import JsonObject, WireModel

if TYPE_CHECKING:
    from app_server.handlers.account.bedrock_login import BedrockParams


class LoginHandlers:
    """Changes the login. Those that wait for a browser are `Logins`'."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader, audience: Audience, logins: Logins) -> None:
        self._auth = upstream.auth
        self._configs = configs
        self._audience = audience
        self._logins = logins

    async def start(self, _call: Call, params: LoginAccountParams) -> Reply[WireModel] | WireModel:
        match params:
            case ApiKeyLoginAccountParams():
                return await self._with_key(params.api_key)
            case ChatgptAuthTokensLoginAccountParams():
                return self._with_tokens(params)
            case ChatgptLoginAccountParams():
                self._allow("chatgpt", external=False)
                login = await self._begin_browser()
                return ChatgptLoginAccountResponse(login_id=login[0], auth_url=login[1])
            case ChatgptDeviceCodeLoginAccountParams():
                self._allow("chatgpt", external=False)
                return await self._begin_device()
            case AmazonBedrockLoginAccountParams() | AmazonBedrockAccessKeysLoginAccountParams():
                return await self._with_bedrock(params)

    async def cancel(self, _call: Call, params: CancelLoginAccountParams) -> CancelLoginAccountResponse:
        try:
            login_id = str(UUID(params.login_id))
        except ValueError:
            raise invalid_request(f"invalid login id: {params.login_id}") from None
        found = await self._logins.cancel(login_id)
        return CancelLoginAccountResponse(status="canceled" if found else "notFound")

    async def logout(self, _call: Call, _params: None) -> Reply[LogoutAccountResponse]:
        """The tokens are given back to the issuer, as far as that works."""
        await self._logins.cancel_all()
        await self._logins.revoke()
        was_bedrock = isinstance(self._auth.current, BedrockAuth)
        try:
            await anyio.to_thread.run_sync(self._auth.clear)
        except StorageError as error:
            raise internal_error(f"logout failed: {error}") from error
        if was_bedrock:
            from app_server.handlers.account.bedrock_login import forget  # few use it

            forget(self._configs)
        return Reply(LogoutAccountResponse(), self.tell)

    async def _with_key(self, key: str) -> Reply[WireModel]:
        self._allow("api", external=False)
        await self._logins.cancel_all()
        login: JsonObject = {"auth_mode": "apikey", "OPENAI_API_KEY": key}
        try:
            await anyio.to_thread.run_sync(self._auth.save, login)
        except StorageError as error:
            raise internal_error(f"failed to save api key: {error}") from error
        return Reply(ApiKeyLoginAccountResponse(), lambda: self.tell_end(None, None))

    async def _with_bedrock(self, params: "BedrockParams") -> Reply[WireModel]:
        from app_server.handlers.account.bedrock_login import auth_of, choose  # few use it
        from app_server.model.bedrock_login import as_file

        self._allow("bedrock", external=False)
        login = as_file(auth_of(params))
        await self._logins.cancel_all()
        try:
            await anyio.to_thread.run_sync(self._auth.save, login)
        except StorageError as error:
            raise internal_error(f"failed to save Amazon Bedrock credentials: {error}") from error
        choose(self._configs, params)
        return Reply(AmazonBedrockLoginAccountResponse(), lambda: self.tell_end(None, None))

    def _with_tokens(self, params: ChatgptAuthTokensLoginAccountParams) -> Reply[WireModel]:
        self._allow("chatgpt", external=True)
        allowed = self._configs.startup().config.forced_workspaces
        if allowed and params.chatgpt_account_id not in allowed:
            raise invalid_request(workspace_refusal(allowed, params.chatgpt_account_id))
        auth = external_auth(params.access_token, params.chatgpt_account_id, params.chatgpt_plan_type)
        if auth is None:
            raise internal_error("failed to set external auth: invalid ID token format")
        self._auth.use_external(auth)
        return Reply(ChatgptAuthTokensLoginAccountResponse(), lambda: self.tell_end(None, None))

    async def _begin_browser(self) -> tuple[str, str]:
        allowed = self._configs.startup().config.forced_workspaces
        try:
            return await self._logins.begin_browser(allowed, self.tell_end)
        except NoLoginError as error:
            raise internal_error(f"failed to start login server: {error}") from error

    async def _begin_device(self) -> ChatgptDeviceCodeLoginAccountResponse:
        allowed = self._configs.startup().config.forced_workspaces
        try:
            login_id, url, code = await self._logins.begin_device(allowed, self.tell_end)
        except NoLoginError as error:
            failed = invalid_request if error.is_refusal else internal_error
            raise failed(f"failed to request device code: {error}") from error
        return ChatgptDeviceCodeLoginAccountResponse(login_id=login_id, verification_url=url, user_code=code)

    def _allow(self, kind: str, *, external: bool) -> None:
        """Raises RpcError when the configuration, or the client that owns the login, forbids this one."""
        current = self._auth.current
        if not external and isinstance(current, ChatGptAuth) and current.external:
            raise invalid_request(
                "External auth is active. Use account/login/start (chatgptAuthTokens) to update it or "
                "account/logout to clear it."
            )
        forced = self._configs.startup().config.forced_login_method
        if forced == "chatgpt" and kind == "api":
            raise invalid_request("API key login is disabled. Use ChatGPT login instead.")
        if forced == "chatgpt" and kind == "bedrock":
            raise invalid_request("Amazon Bedrock login is disabled. Use ChatGPT login instead.")
        if forced == "api" and kind == "chatgpt":
            name = "External ChatGPT auth" if external else "ChatGPT login"
            raise invalid_request(f"{name} is disabled. Use API key login instead.")

    def tell_end(self, login_id: str | None, error: str | None) -> None:
        """A login has ended; with an error, it has changed nothing."""
        self._audience.emit(
            AccountLoginCompletedNotification(login_id=login_id, success=error is None, error=error)
        )
        if error is None:
            self.tell()

    def tell(self) -> None:
        """Everybody may know who is logged in now."""
        auth = self._auth.current
        self._audience.emit(
            AccountUpdatedNotification.model_validate({"authMode": mode_of(auth), "planType": plan_of(auth)})
        )
