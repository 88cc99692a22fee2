"""`web_search`, which the provider runs itself (tools.md §1.2)."""

from app_server.tools.context import ToolContext
from protocol.wire import JsonObject


def web_search(context: ToolContext) -> JsonObject:
    spec: JsonObject = {"type": "web_search"}
    if (search := context.web_search) is not None:
        spec["external_web_access"] = search.live
        if search.allowed_domains is not None:
            spec["filters"] = {"allowed_domains": list(search.allowed_domains)}
        if search.location is not None:
            spec["user_location"] = {"type": "approximate", **dict(search.location)}
        if search.context_size is not None:
            spec["search_context_size"] = search.context_size
    if context.model.web_search == "text_and_image":
        spec["search_content_types"] = ["text", "image"]
    return spec
