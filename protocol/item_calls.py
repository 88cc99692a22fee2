"""item_calls"""

from typing import Annotated, Literal

from protocol.wire import JsonValue, WireModel, by_tag, omitted, spelled

CollabAgentStatus = Literal[
    "pendingInit",
    "running",
    "interrupted",
    "completed",
    "errored",
    "shutdown",
    "notFound",
]


class CollabAgentState(WireModel):
    """CollabAgentState."""

    status: CollabAgentStatus
    message: str | None = None


CollabAgentTool = Literal[
    "spawnAgent",
    "sendInput",
    "resumeAgent",
    "wait",
    "closeAgent",
    "sendMessage",
    "followupTask",
    "interruptAgent",
    "listAgents",
]

CollabAgentToolCallStatus = Literal["inProgress", "completed", "failed", "interrupted"]


class InputTextDynamicToolCallOutputContentItem(WireModel):
    """InputTextDynamicToolCallOutputContentItem."""

    type: Literal["inputText"] = "inputText"
    text: str


class InputImageDynamicToolCallOutputContentItem(WireModel):
    """InputImageDynamicToolCallOutputContentItem."""

    type: Literal["inputImage"] = "inputImage"
    image_url: str


class InputAudioDynamicToolCallOutputContentItem(WireModel):
    """InputAudioDynamicToolCallOutputContentItem."""

    type: Literal["inputAudio"] = "inputAudio"
    audio_url: str


DynamicToolCallOutputContentItem = Annotated[
    InputTextDynamicToolCallOutputContentItem
    | InputImageDynamicToolCallOutputContentItem
    | InputAudioDynamicToolCallOutputContentItem,
    by_tag("type"),
]


DynamicToolCallStatus = Literal["inProgress", "completed", "failed"]

McpAppDisplayMode = Literal["inline", "fullscreen"]


class McpAppUi(WireModel):
    """McpAppUi."""

    resource_uri: str
    preferred_model_display_mode: McpAppDisplayMode


class McpToolCallAppContext(WireModel):
    """McpToolCallAppContext."""

    connector_id: str
    link_id: str | None = None
    resource_uri: str | None = None
    app_name: str | None = None
    action_name: str | None = None


class McpToolCallError(WireModel):
    """McpToolCallError."""

    message: str


class McpToolCallResult(WireModel):
    """McpToolCallResult."""

    content: list[JsonValue]
    structured_content: JsonValue = None
    meta: JsonValue = spelled("_meta", default=None)


McpToolCallStatus = Literal["inProgress", "completed", "failed"]

SubAgentActivityKind = Literal["started", "interacted", "interrupted", "completed"]


class SearchWebSearchAction(WireModel):
    """SearchWebSearchAction."""

    type: Literal["search"] = "search"
    query: str | None = omitted()
    queries: list[str] | None = omitted()


class OtherWebSearchAction(WireModel):
    """OtherWebSearchAction."""

    type: Literal["other"] = "other"


class FindInPageWebSearchAction(WireModel):
    """FindInPageWebSearchAction."""

    type: Literal["findInPage"] = "findInPage"
    pattern: str | None = None
    url: str | None = None


class OpenPageWebSearchAction(WireModel):
    """OpenPageWebSearchAction."""

    type: Literal["openPage"] = "openPage"
    url: str | None = None


WebSearchAction = Annotated[
    SearchWebSearchAction | OtherWebSearchAction | FindInPageWebSearchAction | OpenPageWebSearchAction,
    by_tag("type"),
]
