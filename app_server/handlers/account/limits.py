"""How much of the allowance is used, and a word to who can raise it (model-client.md §9.6)."""

from app_server.agent.backend import BackendLogin, backend_login
from app_server.agent.opening import Upstream
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.model.auth import is_of_account
from app_server.model.login.issuer import Caller
from app_server.model.login.nudge import ask_for_credits
from app_server.model.login.usage import UsageError, read_usage
from protocol.jsonrpc import internal_error, invalid_request
from protocol.rate_limit_reads import (
    GetAccountRateLimitsParams,
    GetAccountRateLimitsResponse,
    SendAddCreditsNudgeEmailParams,
    SendAddCreditsNudgeEmailResponse,
)
from protocol.wire import JsonObject


class LimitHandlers:
    """Asks the backend of the ChatGPT login, each time."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader) -> None:
        self._upstream = upstream
        self._configs = configs

    async def read(
        self, _call: Call, _params: GetAccountRateLimitsParams | None
    ) -> GetAccountRateLimitsResponse:
        login = await self._login("read rate limits")
        base = self._configs.without_projects().chatgpt_base_url
        caller = Caller(self._upstream.http, self._upstream.identity)
        try:
            limits = await read_usage(caller, base, login.headers)
        except UsageError as error:
            raise internal_error(f"failed to fetch codex rate limits: {error}") from error
        by_id: JsonObject = {one.limit_id: one.to_wire() for one in limits}
        return GetAccountRateLimitsResponse.model_validate(
            {"rateLimits": limits[0].to_wire(), "rateLimitsByLimitId": by_id}
        )

    async def send_nudge(
        self, _call: Call, params: SendAddCreditsNudgeEmailParams
    ) -> SendAddCreditsNudgeEmailResponse:
        """Let the account's backend write to the workspace's owner; it does so now and then only."""
        login = await self._login("notify workspace owner")
        base = self._configs.without_projects().chatgpt_base_url
        caller = Caller(self._upstream.http, self._upstream.identity)
        try:
            sent = await ask_for_credits(caller, base, login.headers, params.credit_type)
        except UsageError as error:
            raise internal_error(f"failed to notify workspace owner: {error}") from error
        return SendAddCreditsNudgeEmailResponse(status="sent" if sent else "cooldown_active")

    async def _login(self, purpose: str) -> BackendLogin:
        login = await backend_login(self._upstream)
        if login is None:
            auth = self._upstream.auth.current
            needed = "codex account" if auth is None or is_of_account(auth) else "chatgpt"
            raise invalid_request(f"{needed} authentication required to {purpose}")
        return login
