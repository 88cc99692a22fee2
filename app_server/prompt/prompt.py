"""The finished prompt: what one request to the model carries (prompt-input.md §9)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app_server.prompt.context import TurnContext
from app_server.prompt.formatting import format_input
from app_server.prompt.history import for_prompt
from app_server.prompt.items import wire_form
from app_server.prompt.sections import ItemSize, item_size
from protocol.wire import JsonObject, JsonValue


class Prompt(NamedTuple):
    """Input, tools and the flags that go with them; nothing in it is tied to a transport."""

    input: tuple[JsonObject, ...]
    instructions: str
    tools: tuple[JsonObject, ...] = ()
    parallel_tool_calls: bool = False
    output_schema: JsonValue = None


def build_prompt(
    history: Iterable[JsonObject],
    context: TurnContext,
    tools: Sequence[JsonObject] = (),
    *,
    keep_ids: bool = False,
) -> Prompt:
    """The prompt of the next request. The history is read, never changed; its items may carry ids.

    `keep_ids`: the provider stores responses, and knows items by their ids (model-client.md §1.5).
    """
    repaired = for_prompt(history, context.model.input_modalities)
    items = repaired if keep_ids else [wire_form(item) for item in repaired]
    return Prompt(
        input=tuple(format_input(items, tools)),
        instructions=context.base_instructions,
        tools=tuple(tools),
        parallel_tool_calls=context.model.parallel_tool_calls,
        output_schema=context.output_schema,
    )


def sizes(prompt: Prompt) -> tuple[ItemSize, ...]:
    """The weight of each item of the input as compact JSON, in its order."""
    return tuple(map(item_size, prompt.input))
