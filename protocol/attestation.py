"""attestation"""

from protocol.wire import WireModel


class AttestationGenerateParams(WireModel):
    """AttestationGenerateParams."""


class AttestationGenerateResponse(WireModel):
    """AttestationGenerateResponse."""

    token: str
