"""`view_image`: the model looks at a picture on disk (tools.md §1.3)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import function, parameters, text
from protocol.wire import JsonObject


def view_image(context: ToolContext) -> JsonObject:
    more: dict[str, JsonObject] = {}
    if context.model.original_image_detail:
        more["detail"] = text(
            "`original` shows it in full resolution, for small print or exact positions. Leave it out "
            "otherwise: the picture is scaled down when it is large."
        )
    if context.environments > 1:
        more["environment_id"] = text("The environment that the file is in. Default: the primary one.")
    return function(
        "view_image",
        "Look at an image file. Use it for a path that you were told of or came upon, unless the image is in "
        "the conversation already.",
        parameters(["path"], path=text("The path of the file."), **more),
    )
