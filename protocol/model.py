"""model"""

from typing import Annotated, Literal

from protocol.mode import ReasoningEffort
from protocol.wire import I64, U32, WireModel, by_tag, no_items, some_items

CyberAccessProgram = Literal["standard", "daybreakBlue", "daybreakRed"]


class NoneGatewayAuth(WireModel):
    """NoneGatewayAuth."""

    mode: Literal["none"] = "none"


class EnvironmentVariableGatewayAuth(WireModel):
    """EnvironmentVariableGatewayAuth."""

    mode: Literal["environmentVariable"] = "environmentVariable"
    env_key: str


class ExternallyConfiguredGatewayAuth(WireModel):
    """ExternallyConfiguredGatewayAuth."""

    mode: Literal["externallyConfigured"] = "externallyConfigured"
    env_key: str | None = None


GatewayAuth = Annotated[
    NoneGatewayAuth | EnvironmentVariableGatewayAuth | ExternallyConfiguredGatewayAuth,
    by_tag("mode"),
]


InputModality = Literal["text", "image", "audio"]


class ModelAccessPrograms(WireModel):
    """ModelAccessPrograms."""

    cyber: list[CyberAccessProgram]


class ModelAvailabilityNux(WireModel):
    """ModelAvailabilityNux."""

    message: str


class ModelServiceTier(WireModel):
    """ModelServiceTier."""

    id: str
    name: str
    description: str


class ModelUpgradeInfo(WireModel):
    """ModelUpgradeInfo."""

    model: str
    upgrade_copy: str | None = None
    model_link: str | None = None
    migration_markdown: str | None = None
    retirement_at: I64 | None = None


MultiAgentVersion = Literal["disabled", "v1", "v2"]


class ReasoningEffortOption(WireModel):
    """ReasoningEffortOption."""

    reasoning_effort: ReasoningEffort
    description: str


class Model(WireModel):
    """Model."""

    id: str
    model: str
    upgrade: str | None = None
    upgrade_info: ModelUpgradeInfo | None = None
    availability_nux: ModelAvailabilityNux | None = None
    display_name: str
    description: str
    model_specialty: str | None = None
    hidden: bool
    supported_reasoning_efforts: list[ReasoningEffortOption]
    default_reasoning_effort: ReasoningEffort
    input_modalities: list[InputModality] = some_items("text", "image")
    supports_personality: bool = False
    multi_agent_version: MultiAgentVersion | None = None
    additional_speed_tiers: list[str] = no_items()
    service_tiers: list[ModelServiceTier] = no_items()
    default_service_tier: str | None = None
    available_access_programs: ModelAccessPrograms | None = None
    is_default: bool


class ModelListParams(WireModel):
    """ModelListParams."""

    model_provider: str | None = None
    cursor: str | None = None
    limit: U32 | None = None
    include_hidden: bool | None = None


class ModelListResponse(WireModel):
    """ModelListResponse."""

    data: list[Model]
    next_cursor: str | None = None


class ModelProviderCapabilitiesReadParams(WireModel):
    """ModelProviderCapabilitiesReadParams."""


class ModelProviderCapabilitiesReadResponse(WireModel):
    """ModelProviderCapabilitiesReadResponse."""

    image_generation: bool
    web_search: bool
    namespace_tools: bool
    """Until 0.131."""


class ModelProviderListParams(WireModel):
    """ModelProviderListParams."""


class OpenaiProviderSettings(WireModel):
    """OpenaiProviderSettings."""

    type: Literal["openai"] = "openai"


class CustomGatewayProviderSettings(WireModel):
    """CustomGatewayProviderSettings."""

    type: Literal["customGateway"] = "customGateway"
    auth: GatewayAuth


class BedrockProviderSettings(WireModel):
    """BedrockProviderSettings."""

    type: Literal["bedrock"] = "bedrock"
    profile: str | None = None
    region: str | None = None


class GcpProviderSettings(WireModel):
    """GcpProviderSettings."""

    type: Literal["gcp"] = "gcp"
    project_id: str | None = None
    location: str | None = None
    credential_file: str | None = None


ProviderSettings = Annotated[
    OpenaiProviderSettings | CustomGatewayProviderSettings | BedrockProviderSettings | GcpProviderSettings,
    by_tag("type"),
]


class ModelProviderSummary(WireModel):
    """ModelProviderSummary."""

    id: str
    name: str
    can_edit: bool
    base_url: str | None = None
    settings: ProviderSettings


class ModelProviderListResponse(WireModel):
    """ModelProviderListResponse."""

    data: list[ModelProviderSummary]
    default_provider_id: str
    can_change_default: bool


ModelRerouteReason = Literal["highRiskCyberActivity"]


class ModelReroutedNotification(WireModel):
    """ModelReroutedNotification."""

    thread_id: str
    turn_id: str
    from_model: str
    to_model: str
    reason: ModelRerouteReason


ModelVerification = Literal["trustedAccessForCyber"]


class ModelVerificationNotification(WireModel):
    """ModelVerificationNotification."""

    thread_id: str
    turn_id: str
    verifications: list[ModelVerification]
