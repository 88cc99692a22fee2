"""`image_generation`, which the provider runs itself (tools.md §1.2)."""

from app_server.tools.context import ToolContext
from protocol.wire import JsonObject


def image_generation(_context: ToolContext) -> JsonObject:
    return {"type": "image_generation", "output_format": "png"}
