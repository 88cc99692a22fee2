"""Models and those who provide them."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.mode import CyberAccessProgram, ReasoningEffort
from protocol.wire import I64, U32, Dated, WireModel, no_items, some_items


class NoneGatewayAuth(WireModel):
    """None."""

    mode: Literal["none"] = "none"


class EnvironmentVariableGatewayAuth(WireModel):
    """A key in an environment variable."""

    mode: Literal["environmentVariable"] = "environmentVariable"
    env_key: str


class ExternallyConfiguredGatewayAuth(WireModel):
    """Set up elsewhere."""

    mode: Literal["externallyConfigured"] = "externallyConfigured"
    env_key: str | None = None


GatewayAuth = Annotated[
    NoneGatewayAuth | EnvironmentVariableGatewayAuth | ExternallyConfiguredGatewayAuth,
    Field(discriminator="mode"),
]
"""How a gateway knows us."""


InputModality = Annotated[Literal["text", "image", "audio"], Dated(new=("audio",))]
"""What a model takes."""


class ModelAccessPrograms(WireModel):
    """The programmes that a model has."""

    cyber: list[CyberAccessProgram]


class ModelAvailabilityNux(WireModel):
    """A word to users who see the model for the first time."""

    message: str


class ModelServiceTier(WireModel):
    """A tier that a model offers."""

    id: str
    """Goes into `serviceTier`."""
    name: str
    description: str


class ModelUpgradeInfo(WireModel):
    """The model that users are invited to move to."""

    model: str
    upgrade_copy: str | None = None
    model_link: str | None = None
    migration_markdown: str | None = None
    retirement_at: I64 | None = None
    """Unix seconds."""


MultiAgentVersion = Literal["disabled", "v1", "v2"]
"""How a model works with several agents."""


class ReasoningEffortOption(WireModel):
    """An effort that a model offers."""

    reasoning_effort: ReasoningEffort
    description: str


class Model(WireModel):
    """A model that can be chosen."""

    id: str
    """Unique in the list."""
    model: str
    """Goes into `model`."""
    upgrade: str | None = None
    """The id of the model in `upgradeInfo`."""
    upgrade_info: ModelUpgradeInfo | None = None
    availability_nux: ModelAvailabilityNux | None = None
    display_name: str
    description: str
    model_specialty: str | None = None
    hidden: bool
    """Not shown unless asked for."""
    supported_reasoning_efforts: list[ReasoningEffortOption]
    default_reasoning_effort: Annotated[
        ReasoningEffort, Dated(listed=("none", "minimal", "low", "medium", "high", "xhigh"), instead="xhigh")
    ]
    input_modalities: list[InputModality] = some_items("text", "image")
    supports_personality: bool = False
    multi_agent_version: MultiAgentVersion | None = None
    additional_speed_tiers: list[str] = no_items()
    """The older form of `serviceTiers`."""
    service_tiers: list[ModelServiceTier] = no_items()
    default_service_tier: str | None = None
    available_access_programs: ModelAccessPrograms | None = None
    is_default: bool


class ModelListParams(WireModel):
    """`model/list`."""

    model_provider: str | None = None
    cursor: str | None = None
    limit: U32 | None = None
    """Absent: all."""
    include_hidden: bool | None = None
    """True: hidden ones too."""


class ModelListResponse(WireModel):
    """A page of models, the preferred ones first."""

    data: list[Model]
    next_cursor: str | None = None


class ModelProviderCapabilitiesReadParams(WireModel):
    """`modelProvider/capabilities/read`."""


class ModelProviderCapabilitiesReadResponse(WireModel):
    """What the active provider can do."""

    image_generation: bool
    web_search: bool
    namespace_tools: bool
    """Until 0.131."""


class ModelProviderListParams(WireModel):
    """`modelProvider/list`."""


class OpenaiProviderSettings(WireModel):
    """The built-in provider."""

    type: Literal["openai"] = "openai"


class CustomGatewayProviderSettings(WireModel):
    """A gateway of one's own."""

    type: Literal["customGateway"] = "customGateway"
    auth: GatewayAuth


class BedrockProviderSettings(WireModel):
    """A cloud that serves the models."""

    type: Literal["bedrock"] = "bedrock"
    profile: str | None = None
    region: str | None = None


class GcpProviderSettings(WireModel):
    """A cloud that serves the models."""

    type: Literal["gcp"] = "gcp"
    project_id: str | None = None
    location: str | None = None
    credential_file: str | None = None


ProviderSettings = Annotated[
    OpenaiProviderSettings | CustomGatewayProviderSettings | BedrockProviderSettings | GcpProviderSettings,
    Field(discriminator="type"),
]
"""What can be set of a provider."""


class ModelProviderSummary(WireModel):
    """A provider."""

    id: str
    name: str
    can_edit: bool
    base_url: str | None = None
    settings: ProviderSettings


class ModelProviderListResponse(WireModel):
    """The providers."""

    data: list[ModelProviderSummary]
    default_provider_id: str
    can_change_default: bool
