"""What the items of tool calls are made of."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import Dated, JsonValue, WireModel, spelled

CollabAgentStatus = Literal[
    "pendingInit",
    "running",
    "interrupted",
    "completed",
    "errored",
    "shutdown",
    "notFound",
]
"""The state of another agent."""


class CollabAgentState(WireModel):
    """Another agent as last seen."""

    status: CollabAgentStatus
    message: str | None = None
    """Its last words, or its error."""


CollabAgentTool = Annotated[
    Literal[
        "spawnAgent",
        "sendInput",
        "resumeAgent",
        "wait",
        "closeAgent",
        "sendMessage",
        "followupTask",
        "interruptAgent",
        "listAgents",
    ],
    Dated(
        new=(
            "sendMessage",
            "followupTask",
            "interruptAgent",
            "listAgents",
        ),
        instead="sendInput",
    ),
]
"""What one agent does with others."""

CollabAgentToolCallStatus = Annotated[
    Literal["inProgress", "completed", "failed", "interrupted"], Dated(new=("interrupted",), instead="failed")
]
"""The state of the call."""


class InputTextDynamicToolCallOutputContentItem(WireModel):
    """Text."""

    type: Literal["inputText"] = "inputText"
    text: str


class InputImageDynamicToolCallOutputContentItem(WireModel):
    """An image."""

    type: Literal["inputImage"] = "inputImage"
    image_url: str
    """http(s), or a data URL."""


class InputAudioDynamicToolCallOutputContentItem(WireModel):
    """Sound."""

    type: Literal["inputAudio"] = "inputAudio"
    audio_url: str
    """http(s), or a data URL."""


DynamicToolCallOutputContentItem = Annotated[
    InputTextDynamicToolCallOutputContentItem
    | InputImageDynamicToolCallOutputContentItem
    | InputAudioDynamicToolCallOutputContentItem,
    Field(discriminator="type"),
    Dated(new=("inputAudio",)),
]
"""One piece of a client tool's answer."""


DynamicToolCallStatus = Literal["inProgress", "completed", "failed"]
"""The state of a call."""

McpAppDisplayMode = Literal["inline", "fullscreen"]
"""How large an app wants to be shown."""


class McpAppUi(WireModel):
    """The interface that an MCP tool brings along."""

    resource_uri: str
    preferred_model_display_mode: McpAppDisplayMode


class McpToolCallAppContext(WireModel):
    """The app that a tool belongs to."""

    connector_id: str
    link_id: str | None = None
    resource_uri: str | None = None
    app_name: str | None = None
    action_name: str | None = None


class McpToolCallError(WireModel):
    """Why the call failed."""

    message: str


class McpToolCallResult(WireModel):
    """What the tool returned, as MCP has it."""

    content: list[JsonValue]
    structured_content: JsonValue = None
    meta: Annotated[JsonValue, spelled("_meta")] = None


McpToolCallStatus = Literal["inProgress", "completed", "failed"]
"""The state of a call."""

SubAgentActivityKind = Literal["started", "interacted", "interrupted", "completed"]
"""What happened to a sub-agent."""


class SearchWebSearchAction(WireModel):
    """A search."""

    type: Literal["search"] = "search"
    query: str | None = None
    queries: list[str] | None = None
    """Several searches at once; `query` is then null."""


class OtherWebSearchAction(WireModel):
    """Anything else."""

    type: Literal["other"] = "other"


class FindInPageWebSearchAction(WireModel):
    """A page was searched."""

    type: Literal["findInPage"] = "findInPage"
    pattern: str | None = None
    url: str | None = None


class OpenPageWebSearchAction(WireModel):
    """A page was opened."""

    type: Literal["openPage"] = "openPage"
    url: str | None = None


WebSearchAction = Annotated[
    SearchWebSearchAction | OtherWebSearchAction | FindInPageWebSearchAction | OpenPageWebSearchAction,
    Field(discriminator="type"),
]
"""What the provider's search tool did."""
