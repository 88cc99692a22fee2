"""Asks clients what a turn wants to know: tools to run, choices, approvals (connection.md §7.4)."""

from app_server.rpc.server_requests import AskError, ServerRequests, UndecodableAnswer
from app_server.tools.call import Unanswered, UnreadableAnswer
from protocol.wire import WireModel


class ClientQuestions:
    """Implements `agent.ports.Questions` with the clients of this process."""

    def __init__(self, requests: ServerRequests) -> None:
        self._requests = requests

    async def ask(self, method: str, params: WireModel, *, thread_id: str) -> WireModel:
        """The first answer counts. Raises Unanswered or UnreadableAnswer."""
        try:
            return await self._requests.ask(method, params, thread_id=thread_id)
        except UndecodableAnswer as error:
            raise UnreadableAnswer(str(error)) from error
        except AskError as error:
            raise Unanswered(str(error)) from error
