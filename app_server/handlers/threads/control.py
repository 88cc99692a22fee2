"""What changes a loaded thread between its turns: history, settings, questions (threads-and-turns.md §3)."""

from collections.abc import Sequence
from typing import cast

from app_server.agent.injection import inject
from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.overrides import turn_settings
from app_server.handlers.threads.view import thread_settings
from protocol.decode import DecodeError, decode_type
from protocol.guardian import (
    ThreadApproveGuardianDeniedActionParams,
    ThreadApproveGuardianDeniedActionResponse,
)
from protocol.jsonrpc import invalid_request
from protocol.thread_control import (
    ThreadDecrementElicitationParams,
    ThreadDecrementElicitationResponse,
    ThreadIncrementElicitationParams,
    ThreadIncrementElicitationResponse,
    ThreadInjectItemsParams,
    ThreadInjectItemsResponse,
    ThreadSettingsUpdateParams,
    ThreadSettingsUpdateResponse,
)
from protocol.thread_settings import ThreadSettingsUpdatedNotification
from protocol.turn_start import TurnStartParams
from protocol.wire import JsonObject, JsonValue


class ThreadControl:
    """Acts on threads that are loaded, and on no others."""

    def __init__(self, loaded: LoadedThreads, audience: Audience) -> None:
        self._loaded = loaded
        self._audience = audience

    async def inject_items(self, _call: Call, params: ThreadInjectItemsParams) -> ThreadInjectItemsResponse:
        """Nothing is told of it, and no turn shows it."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        if not params.items:
            raise invalid_request("items must not be empty")
        items = _response_items(params.items)
        with refusals():
            await inject(thread.session, items)
        return ThreadInjectItemsResponse()

    async def approve_denied(
        self, _call: Call, params: ThreadApproveGuardianDeniedActionParams
    ) -> ThreadApproveGuardianDeniedActionResponse:
        """The event is a completed review as clients got it, or as older ones keep it."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        event = params.event if isinstance(params.event, dict) else {}
        review_id = event.get("reviewId", event.get("id"))
        if not isinstance(review_id, str):
            raise invalid_request("invalid Guardian denial event: missing field `id`")
        from app_server.agent.guardian.review import overrule  # few threads are reviewed

        await overrule(thread.session, review_id)
        return ThreadApproveGuardianDeniedActionResponse()

    async def increment_elicitation(
        self, _call: Call, params: ThreadIncrementElicitationParams
    ) -> ThreadIncrementElicitationResponse:
        count = self._count(params.thread_id, 1)
        return ThreadIncrementElicitationResponse(count=count, paused=count > 0)

    async def decrement_elicitation(
        self, _call: Call, params: ThreadDecrementElicitationParams
    ) -> ThreadDecrementElicitationResponse:
        count = self._count(params.thread_id, -1)
        return ThreadDecrementElicitationResponse(count=count, paused=count > 0)

    async def update_settings(
        self, _call: Call, params: ThreadSettingsUpdateParams
    ) -> Reply[ThreadSettingsUpdateResponse]:
        """What `turn/start` may override, without a turn; told when it changes something."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        session = thread.session
        changed = turn_settings(session.settings, session.config, _as_overrides(params))
        same, session.settings = changed == session.settings, changed

        def tell() -> None:
            if not same:
                event = ThreadSettingsUpdatedNotification(
                    thread_id=thread.id, thread_settings=thread_settings(thread)
                )
                self._audience.emit(event, thread.id)

        return Reply(ThreadSettingsUpdateResponse(), tell)

    def _count(self, thread_id: str, change: int) -> int:
        with refusals():
            session = self._loaded.require(thread_id_of(thread_id)).session
        if session.open_elicitations + change < 0:
            raise invalid_request("out-of-band elicitation count is already zero")
        session.open_elicitations += change
        return session.open_elicitations


def _response_items(items: Sequence[JsonValue]) -> list[JsonObject]:
    """The items, each whole for its type; types that are not known are taken as they are. Raises RpcError."""
    from protocol.response_item import RESPONSE_ITEM_TYPES, ResponseItem  # few clients inject anything

    for place, item in enumerate(items):
        kind = item.get("type") if isinstance(item, dict) else None
        if isinstance(kind, str) and kind not in RESPONSE_ITEM_TYPES:
            continue
        try:
            decode_type(ResponseItem, item)
        except DecodeError as error:
            raise invalid_request(f"items[{place}] is not a valid response item: {error}") from error
    return cast("list[JsonObject]", list(items))


def _as_overrides(params: ThreadSettingsUpdateParams) -> TurnStartParams:
    """The same as a turn would bring it along."""
    shared = params.model_fields_set & set(TurnStartParams.model_fields)
    return TurnStartParams.model_validate({"input": [], **{name: getattr(params, name) for name in shared}})
