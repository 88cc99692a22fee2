"""Asks the clients for the ChatGPT tokens that they own (model-client.md §9.5)."""

from typing import Final

from app_server.model.auth import ChatGptAuth, external_auth
from app_server.model.login.errors import RenewalError, renewed_elsewhere
from app_server.rpc.server_requests import AnsweredWithError, AskError, NoAnswerInTime, ServerRequests
from protocol.approval import ChatgptAuthTokensRefreshParams, ChatgptAuthTokensRefreshResponse

_SECONDS: Final = 10


class ClientTokens:
    """Any client may answer: the login is the process's."""

    def __init__(self, requests: ServerRequests, allowed_workspaces: tuple[str, ...]) -> None:
        self._requests = requests
        self._allowed = allowed_workspaces

    async def ask(self, previous_account_id: str | None) -> ChatGptAuth:
        """New tokens, for this process only. Raises RenewalError, with which the turn may try again."""
        params = ChatgptAuthTokensRefreshParams(
            reason="unauthorized", previous_account_id=previous_account_id
        )
        try:
            answer = await self._requests.ask("account/chatgptAuthTokens/refresh", params, timeout=_SECONDS)
        except AnsweredWithError as error:
            raise RenewalError(f"auth refresh request failed: code={error.code} message={error}") from error
        except NoAnswerInTime as error:
            raise RenewalError(f"auth refresh request timed out after {_SECONDS}s") from error
        except AskError as error:
            raise RenewalError(str(error)) from error
        assert isinstance(answer, ChatgptAuthTokensRefreshResponse)  # noqa: S101 - the table says so
        auth = external_auth(answer.access_token, answer.chatgpt_account_id, answer.chatgpt_plan_type)
        if auth is None:
            raise RenewalError("invalid ID token format")
        if self._allowed and answer.chatgpt_account_id not in self._allowed:
            raise renewed_elsewhere(self._allowed, answer.chatgpt_account_id)
        return auth
