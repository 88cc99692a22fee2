"""An opaque proof from the client, asked just in time for requests upstream (connection.md §8)."""

from protocol.wire import WireModel


class AttestationGenerateParams(WireModel):
    """`attestation/generate`. Always empty."""


class AttestationGenerateResponse(WireModel):
    """The client's proof."""

    token: str
    """Passed on unchanged and never looked into."""
