"""`turn/start` (threads-and-turns.md §4)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app_server.agent.active_turn import TurnInput
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import TurnRequest
from app_server.handlers.base import Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.overrides import places_asked_for, turn_settings, wire_tier
from protocol.call_output import InputTextFunctionCallOutputContentItem
from protocol.input import AdditionalContextEntry, TextUserInput, UserInput
from protocol.jsonrpc import invalid_params, invalid_request
from protocol.turn_start import TurnStartParams, TurnStartResponse

if TYPE_CHECKING:
    from app_server.agent.turn_changes import TurnChanges

MAX_INPUT_CHARACTERS: Final = 1_048_576


class TurnHandlers:
    """Turns of the threads that are loaded."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def start(self, call: Call, params: TurnStartParams) -> Reply[TurnStartResponse]:
        """The new turn, before it begins; or the running one, which takes the input as steering."""
        _check_brought(params)
        context = context_of(params.additional_context)
        if params.tool_output is not None:
            call.client.shows_to_know("functionCallOutput")
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        places = places_asked_for(params.environments)
        settings = turn_settings(thread.session.settings, thread.session.config, params)
        turn = thread.prepare_turn(
            TurnRequest(
                input=TurnInput(params.input, params.client_user_message_id, params.tool_output, context),
                settings=settings,
                output_schema=params.output_schema,
                client_metadata=params.responsesapi_client_metadata,
                places=places,
                trigger=params.turn_trigger,
                changes=_for_this_turn(params),
            )
        )
        return Reply(TurnStartResponse(turn=turn.announced()), lambda: thread.run(turn))


def _for_this_turn(params: TurnStartParams) -> "TurnChanges | None":
    if params.service_tier_for_turn is None:
        return None
    from app_server.agent.turn_changes import TurnChanges  # few clients do

    return TurnChanges(tier=(wire_tier(params.service_tier_for_turn),))


def _check_brought(params: TurnStartParams) -> None:
    """Raises RpcError for input that is too long, and for what a client may not bring in, or not so."""
    brought = params.tool_output
    if brought is None:
        check_size(params.input)
        return
    if params.input:
        raise invalid_request("`toolOutput` cannot be combined with nonempty `input`")
    if not brought.name:
        raise invalid_request("`toolOutput.name` must not be empty")
    if isinstance(brought.output, str):
        _check_length(len(brought.output))
    else:
        texts = [part for part in brought.output if isinstance(part, InputTextFunctionCallOutputContentItem)]
        _check_length(sum(len(part.text) for part in texts))


def context_of(given: dict[str, AdditionalContextEntry] | None) -> dict[str, AdditionalContextEntry]:
    """What the client knows beside the input. Raises RpcError for a name in the wrong place."""
    if any(one.kind == "application" and one.name is not None for one in (given or {}).values()):
        raise invalid_request("additional context name is only supported for untrusted context")
    return given or {}


def check_size(inputs: Sequence[UserInput]) -> None:
    """Raises RpcError when the texts together are longer than a turn takes."""
    _check_length(sum(len(entry.text) for entry in inputs if isinstance(entry, TextUserInput)))


def _check_length(characters: int) -> None:
    if characters > MAX_INPUT_CHARACTERS:
        raise invalid_params(
            f"Input exceeds the maximum length of {MAX_INPUT_CHARACTERS} characters.",
            {
                "input_error_code": "input_too_large",
                "max_chars": MAX_INPUT_CHARACTERS,
                "actual_chars": characters,
            },
        )
