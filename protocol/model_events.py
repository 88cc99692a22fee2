"""What happens with a model during a turn."""

from typing import Literal

from protocol.wire import WireModel

ModelRerouteReason = Literal["highRiskCyberActivity"]
"""Why another model answers."""


class ModelReroutedNotification(WireModel):
    """`model/rerouted`: another model answers this turn."""

    thread_id: str
    turn_id: str
    from_model: str
    to_model: str
    reason: ModelRerouteReason


ModelVerification = Literal["trustedAccessForCyber"]
"""A check that the account has passed."""


class ModelVerificationNotification(WireModel):
    """`model/verification`."""

    thread_id: str
    turn_id: str
    verifications: list[ModelVerification]
