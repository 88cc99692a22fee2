"""`request_user_input`: the model asks the user to choose (tools.md §1.3)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import array, function, parameters, text
from protocol.wire import JsonObject


def request_user_input(context: ToolContext) -> JsonObject:
    everywhere = context.has("default_mode_request_user_input")
    where = "Works in Plan mode and in Default mode." if everywhere else "Works in Plan mode only."
    option = parameters(
        ["label", "description"],
        label=text("The answer, in one to five words."),
        description=text("One sentence on what choosing it means."),
    )
    question = parameters(
        ["id", "header", "question", "options"],
        id=text("A name for the answer, in snake_case."),
        header=text("A heading of at most 12 characters."),
        question=text("The question, in one sentence."),
        options=array(
            option,
            "Two or three answers that exclude each other. Put the one that you recommend first and end its "
            'label with "(Recommended)". Offer no "other": the client lets the user answer freely anyway.',
        ),
    )
    return function(
        "request_user_input",
        f"Put one to three short questions to the user and wait for the answers. {where}",
        parameters(["questions"], questions=array(question, "One question if you can, three at the most.")),
    )
