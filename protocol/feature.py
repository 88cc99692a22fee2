"""Switches of features that are not settled yet."""

from typing import Literal

from protocol.wire import U32, WireModel

ExperimentalFeatureStage = Literal["beta", "underDevelopment", "stable", "deprecated", "removed"]
"""How settled it is."""


class ExperimentalFeature(WireModel):
    """A switch."""

    name: str
    stage: ExperimentalFeatureStage
    display_name: str | None = None
    """Set for those that users are invited to try."""
    description: str | None = None
    announcement: str | None = None
    enabled: bool
    default_enabled: bool
    """What holds when nobody says anything."""


class ExperimentalFeatureEnablementSetParams(WireModel):
    """`experimentalFeature/enablement/set`: until the server ends."""

    enablement: dict[str, bool]


class ExperimentalFeatureEnablementSetResponse(WireModel):
    """What was taken over."""

    enablement: dict[str, bool]


class ExperimentalFeatureListParams(WireModel):
    """`experimentalFeature/list`."""

    cursor: str | None = None
    limit: U32 | None = None
    thread_id: str | None = None


class ExperimentalFeatureListResponse(WireModel):
    """A page of switches."""

    data: list[ExperimentalFeature]
    next_cursor: str | None = None


class MockExperimentalMethodParams(WireModel):
    """`mock/experimentalMethod`: for tests of the gate."""

    value: str | None = None


class MockExperimentalMethodResponse(WireModel):
    """What was sent."""

    echoed: str | None = None
