"""feature"""

from typing import Literal

from protocol.wire import U32, WireModel

ExperimentalFeatureStage = Literal["beta", "underDevelopment", "stable", "deprecated", "removed"]


class ExperimentalFeature(WireModel):
    """ExperimentalFeature."""

    name: str
    stage: ExperimentalFeatureStage
    display_name: str | None = None
    description: str | None = None
    announcement: str | None = None
    enabled: bool
    default_enabled: bool


class ExperimentalFeatureEnablementSetParams(WireModel):
    """ExperimentalFeatureEnablementSetParams."""

    enablement: dict[str, bool]


class ExperimentalFeatureEnablementSetResponse(WireModel):
    """ExperimentalFeatureEnablementSetResponse."""

    enablement: dict[str, bool]


class ExperimentalFeatureListParams(WireModel):
    """ExperimentalFeatureListParams."""

    cursor: str | None = None
    limit: U32 | None = None
    thread_id: str | None = None


class ExperimentalFeatureListResponse(WireModel):
    """ExperimentalFeatureListResponse."""

    data: list[ExperimentalFeature]
    next_cursor: str | None = None


class MockExperimentalMethodParams(WireModel):
    """MockExperimentalMethodParams."""

    value: str | None = None


class MockExperimentalMethodResponse(WireModel):
    """MockExperimentalMethodResponse."""

    echoed: str | None = None
