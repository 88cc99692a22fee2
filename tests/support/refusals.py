"""Error answers as ours look on the wire: with a kind, where the reference has no data (W15)."""

from support.client import JsonObject


def refused(message: str, kind: str, code: int = -32600) -> JsonObject:
    """The `error` of an answer."""
    return {"code": code, "data": {"kind": kind}, "message": message}
