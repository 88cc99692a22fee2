"""`turn/settings/update`, `turn/steer`, `turn/interrupt` (threads-and-turns.md §4)."""

from typing import Final

from app_server.agent.active_turn import InterruptWaiter, TurnInput
from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Call, Later, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.overrides import wire_tier
from app_server.handlers.turns.start import check_size, context_of
from protocol.jsonrpc import invalid_request
from protocol.turn_control import (
    TurnInterruptParams,
    TurnInterruptResponse,
    TurnSettingsUpdateParams,
    TurnSettingsUpdateResponse,
    TurnSteerParams,
    TurnSteerResponse,
)

_SWITCHING: Final = "step_model_switching"
"""A feature of later versions, off unless config says otherwise."""


class TurnControl:
    """Reaches turns that run."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def update_settings(
        self, _call: Call, params: TurnSettingsUpdateParams
    ) -> TurnSettingsUpdateResponse:
        """For the rest of the turn that runs, from its next request on."""
        from app_server.agent.turn_changes import TurnChanges, other_model  # few clients do

        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            if thread.session.config.table("features").get(_SWITCHING) is not True:
                raise invalid_request(f"turn settings updates require the {_SWITCHING} feature")
            if params.environments is not None or params.approvals_reviewer is not None:
                raise invalid_request("only models, efforts, summaries and tiers of turns can be updated")
            turn = thread.active_turn
            if turn is None or turn.id != params.turn_id or not turn.accepts_input:
                return TurnSettingsUpdateResponse(status="targetUnavailable")
            tier = wire_tier(params.service_tier)
            settings, config = thread.session.settings, thread.session.config
            turn.changes = TurnChanges(
                None if params.model is None else other_model(settings, config, params.model),
                params.effort,
                params.summary,
                (tier,) if "service_tier" in params.model_fields_set else None,
            ).over(turn.changes)
        return TurnSettingsUpdateResponse(status="applied")

    async def steer(self, _call: Call, params: TurnSteerParams) -> TurnSteerResponse:
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            if not params.expected_turn_id:
                raise invalid_request("expectedTurnId must not be empty")
            check_size(params.input)
            said = TurnInput(
                params.input,
                params.client_user_message_id,
                context=context_of(params.additional_context),
            )
            turn_id = thread.steer(params.expected_turn_id, said)
        return TurnSteerResponse(turn_id=turn_id)

    async def interrupt(
        self, _call: Call, params: TurnInterruptParams
    ) -> TurnInterruptResponse | Later[TurnInterruptResponse]:
        """Answered when the turn has stopped, and before anybody is told so."""
        with refusals():
            waiter = self._loaded.require(thread_id_of(params.thread_id)).interrupt(params.turn_id)
        return TurnInterruptResponse() if waiter is None else Later(_when_stopped(waiter))


async def _when_stopped(waiter: InterruptWaiter) -> Reply[TurnInterruptResponse]:
    await waiter.stopped.wait()
    return Reply(TurnInterruptResponse(), waiter.answered.set)
