"""Asks a client for the token that travels upstream as `x-oai-attestation` (connection.md §8)."""

import logging
from collections import Counter

import orjson

from app_server.rpc.audience import RpcAudience
from app_server.rpc.connection import Connection
from app_server.rpc.server_requests import (
    AnsweredWithError,
    AskCancelled,
    AskError,
    NoAnswerInTime,
    UndecodableAnswer,
)

DEFAULT_BUDGET_SECONDS = 0.1

_OK = 0
_STATUS: tuple[tuple[type[AskError], int, str], ...] = (
    (NoAnswerInTime, 1, "timeout"),
    (AnsweredWithError, 2, "failed"),
    (AskCancelled, 3, "cancelled"),
    (UndecodableAnswer, 4, "malformed"),
)

logger = logging.getLogger("app_server.rpc")


class ClientAttestation:
    """Implements `agent.ports.AttestationProvider` with the clients of this process."""

    def __init__(self, audience: RpcAudience, budget_seconds: float = DEFAULT_BUDGET_SECONDS) -> None:
        """`budget_seconds` is how long one request upstream may wait for the client."""
        self._audience = audience
        self._budget = budget_seconds
        self.outcomes: Counter[str] = Counter()
        """How often each came about: the statuses by name, `unfit`, `nobody` to ask, `abandoned`."""

    async def header_value(self, thread_id: str) -> bytes | None:
        """The header's bytes; None when no client can be asked, or its token does not fit into a header.

        Each call asks anew. A client that goes away while asked has not answered in time.
        """
        outcome = "abandoned"  # by whoever asked, before there was an answer
        try:
            outcome, header = await self._outcome(thread_id)
        finally:
            self.outcomes[outcome] += 1
            logger.debug("attestation for thread %s: %s", thread_id, outcome)
        return header

    async def _outcome(self, thread_id: str) -> tuple[str, bytes | None]:
        from protocol.attestation import AttestationGenerateParams, AttestationGenerateResponse

        client = self._attesting_client(thread_id)
        if client is None:
            return "nobody", None
        try:
            answer = await self._audience.server_requests.ask(
                "attestation/generate", AttestationGenerateParams(), clients=[client], timeout=self._budget
            )
        except AskError as error:
            status, name = next(row[1:] for row in _STATUS if isinstance(error, row[0]))
            return name, envelope(status)
        assert isinstance(answer, AttestationGenerateResponse)  # noqa: S101 - the table says so
        header = envelope(_OK, answer.token)
        return "unfit" if header is None else "ok", header

    def _attesting_client(self, thread_id: str) -> Connection | None:
        """The oldest of the thread's subscribers that said it can attest (§8.3)."""
        able = [
            connection
            for connection in self._audience.subscribers(thread_id)
            if connection.client is not None and connection.client.request_attestation
        ]
        return min(able, key=lambda connection: connection.number, default=None)


def envelope(status: int, token: str | None = None) -> bytes | None:
    """`{"v":1,"s":…,"t":…}` as header bytes; None when a DEL in the token makes it unfit for a header."""
    value: dict[str, int | str] = {"v": 1, "s": status}
    if token is not None:
        value["t"] = token
    data = orjson.dumps(value)
    return None if b"\x7f" in data else data
