"""The base of every type on the wire, and how null and absent are told apart.

Keys are camelCase on the wire and snake_case here; a key that is neither is given with `Field(alias=…)`.
Decoding is strict (a string is never taken for a number) and ignores unknown keys, because a newer peer may
send more than we know. An optional field is sent as `null`, unless it is declared with `omitted()`.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

JsonObject = dict[str, JsonValue]


def to_camel(name: str) -> str:
    """`thread_id` → `threadId`."""
    head, *rest = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


def _is_none(value: object) -> bool:
    return value is None


def omitted(**field: Any) -> Any:
    """An optional field that is left out of the message, not sent as `null`, when it is None."""
    return Field(default=None, exclude_if=_is_none, **field)


class WireModel(BaseModel):
    """A params, result or nested object of the wire. Immutable; its validator is built on first use."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="ignore",
        frozen=True,
        strict=True,
        defer_build=True,
    )

    def to_wire(self) -> JsonObject:
        """The object as JSON values, keys and nulls as the wire has them."""
        return self.model_dump(mode="json", by_alias=True)

    def to_bytes(self) -> bytes:
        """The object as compact JSON text, keys and nulls as the wire has them."""
        return self.__pydantic_serializer__.to_json(self, by_alias=True)
