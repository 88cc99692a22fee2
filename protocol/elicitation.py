"""What MCP servers ask of the user: a form after a small JSON Schema, or a page to open."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import U32, U64, Dated, JsonValue, WireModel, omitted, spelled

McpElicitationArrayType = Literal["array"]
"""The `type` of such a schema."""

McpElicitationBooleanType = Literal["boolean"]
"""The `type` of such a schema."""


class McpElicitationBooleanSchema(WireModel):
    """Yes or no."""

    type: McpElicitationBooleanType
    title: str | None = omitted()
    description: str | None = omitted()
    default: bool | None = omitted()


class McpElicitationConstOption(WireModel):
    """A choice with a title."""

    const: str
    title: str


McpElicitationStringType = Literal["string"]
"""The `type` of such a schema."""


class McpElicitationLegacyTitledEnumSchema(WireModel):
    """One choice, its titles in a list of their own."""

    type: McpElicitationStringType
    title: str | None = omitted()
    description: str | None = omitted()
    enum: list[str]
    enum_names: list[str] | None = omitted()
    default: str | None = omitted()


class McpElicitationTitledEnumItems(WireModel):
    """Choices with titles."""

    any_of: list[McpElicitationConstOption]


class McpElicitationTitledMultiSelectEnumSchema(WireModel):
    """Several of some choices that have titles."""

    type: McpElicitationArrayType
    title: str | None = omitted()
    description: str | None = omitted()
    min_items: U64 | None = omitted()
    max_items: U64 | None = omitted()
    items: McpElicitationTitledEnumItems
    default: list[str] | None = omitted()


class McpElicitationUntitledEnumItems(WireModel):
    """Choices."""

    type: McpElicitationStringType
    enum: list[str]


class McpElicitationUntitledMultiSelectEnumSchema(WireModel):
    """Several of some choices."""

    type: McpElicitationArrayType
    title: str | None = omitted()
    description: str | None = omitted()
    min_items: U64 | None = omitted()
    max_items: U64 | None = omitted()
    items: McpElicitationUntitledEnumItems
    default: list[str] | None = omitted()


McpElicitationMultiSelectEnumSchema = (
    McpElicitationUntitledMultiSelectEnumSchema | McpElicitationTitledMultiSelectEnumSchema
)
"""Several choices."""


class McpElicitationTitledSingleSelectEnumSchema(WireModel):
    """One of some choices that have titles."""

    type: McpElicitationStringType
    title: str | None = omitted()
    description: str | None = omitted()
    one_of: list[McpElicitationConstOption]
    default: str | None = omitted()


class McpElicitationUntitledSingleSelectEnumSchema(WireModel):
    """One of some choices."""

    type: McpElicitationStringType
    title: str | None = omitted()
    description: str | None = omitted()
    enum: list[str]
    default: str | None = omitted()


McpElicitationSingleSelectEnumSchema = (
    McpElicitationUntitledSingleSelectEnumSchema | McpElicitationTitledSingleSelectEnumSchema
)
"""One choice."""

McpElicitationEnumSchema = (
    McpElicitationSingleSelectEnumSchema
    | McpElicitationMultiSelectEnumSchema
    | McpElicitationLegacyTitledEnumSchema
)
"""Choices of any kind."""

McpElicitationNumberType = Literal["number", "integer"]
"""The `type` of such a schema."""


class McpElicitationNumberSchema(WireModel):
    """A number."""

    type: McpElicitationNumberType
    title: str | None = omitted()
    description: str | None = omitted()
    minimum: float | None = omitted()
    maximum: float | None = omitted()
    default: float | None = omitted()


McpElicitationObjectType = Literal["object"]
"""The `type` of such a schema."""

McpElicitationStringFormat = Literal["email", "uri", "date", "date-time"]
"""What kind of text is wanted."""


class McpElicitationStringSchema(WireModel):
    """A text."""

    type: McpElicitationStringType
    title: str | None = omitted()
    description: str | None = omitted()
    min_length: U32 | None = omitted()
    max_length: U32 | None = omitted()
    format: McpElicitationStringFormat | None = omitted()
    default: str | None = omitted()


McpElicitationPrimitiveSchema = (
    McpElicitationEnumSchema
    | McpElicitationStringSchema
    | McpElicitationNumberSchema
    | McpElicitationBooleanSchema
)
"""One field of the form."""


class McpElicitationSchema(WireModel):
    """The form."""

    type: McpElicitationObjectType
    properties: dict[str, McpElicitationPrimitiveSchema]
    """In the order in which they are to be shown."""
    required: list[str] | None = omitted()
    schema_: Annotated[str | None, spelled("$schema")] = None


McpServerElicitationAction = Literal["accept", "decline", "cancel"]
"""What the user did with it."""


class ElicitationQuestion(WireModel):
    """Who asks."""

    thread_id: str
    turn_id: str | None = None
    """Null when the server asks outside of any turn."""
    server_name: str
    meta: Annotated[JsonValue, spelled("_meta")] = None
    """Opaque, from the MCP server."""


class FormMcpServerElicitationRequestParams(ElicitationQuestion):
    """A form that the client draws from a schema."""

    mode: Literal["form"] = "form"
    message: str
    requested_schema: McpElicitationSchema


class OpenaiFormMcpServerElicitationRequestParams(ElicitationQuestion):
    """A form with a schema that goes beyond MCP; asked of clients with `mcpServerOpenaiFormElicitation`."""

    mode: Literal["openai/form"] = "openai/form"
    message: str
    requested_schema: JsonValue


class OldOpenaiFormMcpServerElicitationRequestParams(ElicitationQuestion):
    """The same under its former name."""

    mode: Literal["openaiForm"] = "openaiForm"
    message: str
    requested_schema: JsonValue


class UserVerificationMcpServerElicitationRequestParams(ElicitationQuestion):
    """An approval that the device itself signs; the proof comes back in `content`."""

    mode: Literal["openai/userVerification"] = "openai/userVerification"
    title: str
    description: str
    challenge: str


class UrlMcpServerElicitationRequestParams(ElicitationQuestion):
    """A page that the user is to open."""

    mode: Literal["url"] = "url"
    message: str
    url: str
    elicitation_id: str


McpServerElicitationRequestParams = Annotated[
    FormMcpServerElicitationRequestParams
    | OpenaiFormMcpServerElicitationRequestParams
    | OldOpenaiFormMcpServerElicitationRequestParams
    | UserVerificationMcpServerElicitationRequestParams
    | UrlMcpServerElicitationRequestParams,
    Field(discriminator="mode"),
    Dated(
        new=(
            "openai/form",
            "openai/userVerification",
            "openaiForm",
        )
    ),
]
"""`mcpServer/elicitation/request`: an MCP server asks the user for something."""


class McpServerElicitationRequestResponse(WireModel):
    """The user's answer."""

    action: McpServerElicitationAction
    content: JsonValue = None
    """What was filled in; null unless accepted."""
    meta: Annotated[JsonValue, spelled("_meta")] = None
    """Opaque, for the MCP server."""
