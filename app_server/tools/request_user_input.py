"""`request_user_input`, carried out (tools.md §5)."""

from app_server.model.lenient_json import dumps
from app_server.tools.arguments import arguments_of
from app_server.tools.call import Output, ToolCall, ToolRefusal, Unanswered, UnreadableAnswer
from app_server.tools.host import ToolHost
from protocol.approval import (
    ToolRequestUserInputOption,
    ToolRequestUserInputParams,
    ToolRequestUserInputQuestion,
)
from protocol.wire import JsonObject, VerbatimModel


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
