"""`request_user_input`: the model asks the user to choose (tools.md §5)."""

from app_server.model.lenient_json import dumps
from app_server.tools.arguments import arguments_of
from app_server.tools.context import ToolContext
from app_server.tools.forms import array, function, parameters, text
from app_server.tools.host import Output, ToolCall, ToolHost, ToolRefusal, Unanswered, UnreadableAnswer
from protocol.wire import JsonObject, VerbatimModel


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


class OptionArg(VerbatimModel):
    """A prepared answer, as the model gives it."""

    label: str
    description: str


class QuestionArg(VerbatimModel):
    """A question, as the model gives it."""

    id: str
    header: str
    question: str
    options: list[OptionArg] | None = None


class RequestUserInputArgs(VerbatimModel):
    """All questions of one call."""

    questions: list[QuestionArg]


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Ask the user. Without a usable answer the model gets none, and goes on."""
    if host.mode != "plan" and not host.has("default_mode_request_user_input"):
        raise ToolRefusal("request_user_input is unavailable in Default mode")
    questions = arguments_of(call, RequestUserInputArgs).questions
    if not all(question.options for question in questions):
        raise ToolRefusal("request_user_input requires non-empty options for every question")
    try:
        answers = await _ask(call, host, questions)
    except (Unanswered, UnreadableAnswer):
        return '{"answers":{}}'
    return dumps(answers).decode()


async def _ask(call: ToolCall, host: ToolHost, questions: list[QuestionArg]) -> JsonObject:
    # The types of questions come with those of all approvals, which most threads never need.
    from protocol.approval import (
        ToolRequestUserInputOption,
        ToolRequestUserInputParams,
        ToolRequestUserInputQuestion,
    )

    asked = [
        ToolRequestUserInputQuestion(
            id=question.id,
            header=question.header,
            question=question.question,
            is_other=True,
            options=[
                ToolRequestUserInputOption(label=option.label, description=option.description)
                for option in question.options or ()
            ],
        )
        for question in questions
    ]
    params = ToolRequestUserInputParams(
        thread_id=host.thread_id, turn_id=host.turn_id, item_id=call.id, questions=asked, is_blocking=True
    )
    return (await host.ask("item/tool/requestUserInput", params)).to_wire()
