"""Hooks that run with a turn: what they are given and do, and how that is shown (tools.md §10)."""

import os

import pytest
from pydantic import JsonValue
from support.client import JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, finish_turn, run_turn, start_thread, start_turn
from support.hooks import answering, given, group, hook, runs, set_hooks
from support.shape import shape
from support.upstream import Upstream, text_reply

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands of these hooks are for a POSIX shell")

RAN = ["hook/started", "hook/completed"]


def messages(upstream: Upstream, request: int) -> list[tuple[JsonValue, JsonValue]]:
    """The messages of a request from the first that a hook or a user said: role and text."""
    items = upstream.asked[request].json["input"]
    assert isinstance(items, list)
    found: list[tuple[JsonValue, JsonValue]] = []
    for item in map(as_object, items):
        content = item.get("content")
        assert isinstance(content, list)
        text = str(as_object(content[-1])["text"])
        # Newer servers say there what older ones say as `instructions`.
        if text.startswith("<hook_prompt") or not text.startswith(("<", "You are Codex")):
            found.append((item["role"], text))
    return found


def only_run(turn: Turn, method: str = "hook/completed") -> JsonObject:
    (params,) = turn.params(method)
    return as_object(params["run"])


# --- what hooks are told, and what they tell the model


def test_hooks_add_context_in_its_place_and_are_shown(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"), text_reply("two"))
    specific: JsonObject = {
        "hookSpecificOutput": {"hookEventName": "SessionStart", "additionalContext": "at the start"}
    }
    client = set_hooks(
        connect,
        {
            "SessionStart": group(hook(answering("ss", specific)), matcher="startup|resume"),
            "UserPromptSubmit": group(hook(answering("ups", "of the prompt"), statusMessage="checking")),
            "Stop": group(hook(answering("stop"))),
        },
    )
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)
    second = run_turn(client, thread_id, "again")

    order = shape(turn.messages)
    assert [label for label in order if label not in ("tokens", "limits", "Δ")] == [
        *["answer", "status:active", "turn/started", *RAN, *RAN, "+userMessage", "-userMessage"],
        *["+agentMessage", "-agentMessage", *RAN, "status:idle", "turn:completed"],
    ]
    assert runs(turn) == [
        ("sessionStart", "completed", [("context", "at the start")]),
        ("userPromptSubmit", "completed", [("context", "of the prompt")]),
        ("stop", "completed", []),
    ]
    assert [event for event, _, _ in runs(second)] == ["userPromptSubmit", "stop"]
    first = [("developer", "at the start"), ("user", "hello"), ("developer", "of the prompt")]
    assert messages(upstream, 0) == first
    assert messages(upstream, 1) == [
        *first,
        ("assistant", "one"),
        ("user", "again"),
        ("developer", "of the prompt"),
    ]


def test_hooks_are_given_the_facts_of_their_moment(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"))
    client = set_hooks(
        connect,
        {
            "SessionStart": group(hook(answering("ss"))),
            "UserPromptSubmit": group(hook(answering("ups"))),
            "Stop": group(hook(answering("stop"))),
        },
    )
    thread_id = start_thread(client, approvalPolicy="never")

    turn = run_turn(client, thread_id)

    (rollout,) = connect.home.glob("sessions/**/*.jsonl")
    common = {
        "session_id": thread_id,
        "transcript_path": str(rollout),
        "cwd": str(connect.workspace),
        "model": "gpt-5.5",
        "permission_mode": "bypassPermissions",
    }
    assert given(connect.home, "ss") == {**common, "hook_event_name": "SessionStart", "source": "startup"}
    assert given(connect.home, "ups") == {
        **common,
        "turn_id": turn.id,
        "hook_event_name": "UserPromptSubmit",
        "prompt": "hello",
    }
    assert given(connect.home, "stop") == {
        **common,
        "turn_id": turn.id,
        "hook_event_name": "Stop",
        "stop_hook_active": False,
        "last_assistant_message": "one",
    }


def test_a_resumed_thread_begins_as_one(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"), text_reply("two"))
    client = set_hooks(
        connect,
        {"SessionStart": [*group(hook(answering("ss")), matcher="resume")]},
    )
    thread_id = start_thread(client)
    first = run_turn(client, thread_id)
    client.close()
    again = connect()
    again.call("thread/resume", {"threadId": thread_id})

    second = run_turn(again, thread_id)

    assert runs(first) == []
    assert runs(second) == [("sessionStart", "completed", [])]
    assert given(connect.home, "ss")["source"] == "resume"


def test_a_run_is_shown_with_all_that_is_known_of_it(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"))
    client = set_hooks(
        connect, {"UserPromptSubmit": group(hook(answering("ups", "seen"), statusMessage="checking"))}
    )

    turn = run_turn(client, start_thread(client))

    file = connect.home / "hooks.json"
    begun, ended = only_run(turn, "hook/started"), only_run(turn)
    same: JsonObject = {
        "id": f"user-prompt-submit:0:{file}",
        "eventName": "userPromptSubmit",
        "handlerType": "command",
        "executionMode": "sync",
        "scope": "turn",
        "sourcePath": str(file),
        "source": "user",
        "displayOrder": 0,
        "statusMessage": "checking",
        "startedAt": begun["startedAt"],
    }
    empty: JsonObject = {"completedAt": None, "durationMs": None, "entries": []}
    assert begun == {**same, "status": "running", **empty}
    assert ended == {
        **same,
        "status": "completed",
        "completedAt": ended["completedAt"],
        "durationMs": ended["durationMs"],
        "entries": [{"kind": "context", "text": "seen"}],
    }
    assert isinstance(ended["durationMs"], int)


# --- blocking and stopping


@pytest.mark.parametrize(
    ("command", "status", "entries"),
    [
        (answering("x", {"decision": "block", "reason": "not that"}), "blocked", [("feedback", "not that")]),
        (answering("x", code=2, complaint="nope\n"), "blocked", [("feedback", "nope")]),
        (
            answering("x", {"continue": False, "stopReason": "enough", "systemMessage": "note"}),
            "stopped",
            [("warning", "note"), ("stop", "enough")],
        ),
    ],
)
def test_a_prompt_that_is_blocked_never_reaches_the_model(
    connect: Connect, upstream: Upstream, command: str, status: str, entries: list[tuple[str, str]]
) -> None:
    client = set_hooks(connect, {"UserPromptSubmit": group(hook(command))})

    turn = run_turn(client, start_thread(client))

    assert runs(turn) == [("userPromptSubmit", status, entries)]
    assert turn.params("item/started") == []
    assert turn.end["status"] == "completed"
    assert upstream.asked == []


def test_a_session_that_is_stopped_asks_nothing(connect: Connect, upstream: Upstream) -> None:
    client = set_hooks(
        connect,
        {"SessionStart": group(hook(answering("ss", {"continue": False, "stopReason": "closed"})))},
    )

    turn = run_turn(client, start_thread(client))

    assert runs(turn) == [("sessionStart", "stopped", [("stop", "closed")])]
    assert turn.end["status"] == "completed"
    assert upstream.asked == []


def test_a_turn_that_may_not_end_goes_on_with_the_reason(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"), text_reply("two"))
    once = (
        'cat > "$CODEX_HOME/given-stop.json"; '
        'if grep -q \'"stop_hook_active":false\' "$CODEX_HOME/given-stop.json"; '
        "then printf '%s' 'go on & <finish>' >&2; exit 2; fi"
    )
    client = set_hooks(connect, {"Stop": group(hook(once))})
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    assert runs(turn) == [("stop", "blocked", [("feedback", "go on & <finish>")]), ("stop", "completed", [])]
    run_id = f"stop:0:{connect.home / 'hooks.json'}"
    shown = [as_object(params["item"]) for params in turn.params("item/completed")]
    (prompt,) = [item for item in shown if item["type"] == "hookPrompt"]
    assert prompt["fragments"] == [{"text": "go on & <finish>", "hookRunId": run_id}]
    assert [as_object(params["item"])["type"] for params in turn.params("item/started")].count(
        "hookPrompt"
    ) == 0
    assert messages(upstream, 1)[-1] == (
        "user",
        f'<hook_prompt hook_run_id="{run_id}">go on &amp; &lt;finish&gt;</hook_prompt>',
    )
    assert given(connect.home, "stop")["stop_hook_active"] is True
    read = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])
    turns = read["turns"]
    assert isinstance(turns, list)
    items = as_object(turns[0])["items"]
    assert isinstance(items, list)
    assert "hookPrompt" in [as_object(item)["type"] for item in items]


# --- what does not count


def test_a_hook_that_is_not_trusted_does_not_run(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"))
    blocks = hook(answering("ups", code=2, complaint="no"))
    client = set_hooks(connect, {"UserPromptSubmit": group(blocks)}, trusted=False)

    turn = run_turn(client, start_thread(client))

    assert runs(turn) == []
    assert len(upstream.asked) == 1
    assert not (connect.home / "given-ups.json").exists()


@pytest.mark.parametrize(
    ("moment", "command", "problem"),
    [
        ("UserPromptSubmit", answering("x", "out", code=1, complaint="err"), "hook exited with code 1"),
        ("UserPromptSubmit", "cat > /dev/null; kill -9 $$", "hook exited without a status code"),
        (
            "UserPromptSubmit",
            answering("x", code=2),
            "UserPromptSubmit hook exited with code 2 but did not write a blocking reason to stderr",
        ),
        (
            "UserPromptSubmit",
            answering("x", {"decision": "block", "reason": "r", "other": 1}),
            "hook returned invalid user prompt submit JSON output",
        ),
        ("SessionStart", answering("x", "{broken"), "hook returned invalid session start JSON output"),
        ("Stop", answering("x", "plain"), "hook returned invalid stop hook JSON output"),
        (
            "Stop",
            answering("x", {"decision": "block"}),
            "Stop hook returned decision:block without a non-empty reason",
        ),
    ],
)
def test_a_hook_that_fails_is_shown_and_does_nothing(
    connect: Connect, upstream: Upstream, moment: str, command: str, problem: str
) -> None:
    upstream.script(text_reply("one"))
    client = set_hooks(connect, {moment: group(hook(command))})

    turn = run_turn(client, start_thread(client))

    assert [(status, entries) for _, status, entries in runs(turn)] == [("failed", [("error", problem)])]
    assert messages(upstream, 0) == [("user", "hello")]
    assert turn.end["status"] == "completed"
    assert len(upstream.asked) == 1


def test_a_hook_that_takes_too_long_is_ended(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"))
    forever = 'cat > /dev/null; echo $$ > "$CODEX_HOME/pid"; while :; do sleep 60; done'
    client = set_hooks(connect, {"UserPromptSubmit": group(hook(forever, timeout=1))})

    turn = run_turn(client, start_thread(client))

    assert runs(turn) == [("userPromptSubmit", "failed", [("error", "hook timed out after 1s")])]
    assert len(upstream.asked) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int((connect.home / "pid").read_text()), 0)


def test_an_interrupt_ends_the_hooks_of_the_turn(connect: Connect, upstream: Upstream) -> None:
    pipe = connect.home / "pipe"
    os.mkfifo(pipe)
    forever = 'cat > /dev/null; echo $$ > "$CODEX_HOME/pipe"; while :; do sleep 60; done'
    client = set_hooks(connect, {"UserPromptSubmit": group(hook(forever))})
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    pid = int(pipe.read_text())

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    turn = finish_turn(client, turn_id, since)

    assert turn.end["status"] == "interrupted"
    assert upstream.asked == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_hooks_of_one_moment_run_at_the_same_time(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("one"))
    pipe = connect.home / "pipe"
    os.mkfifo(pipe)
    client = set_hooks(
        connect,
        {
            "UserPromptSubmit": group(
                hook('cat > /dev/null; echo from two > "$CODEX_HOME/pipe"; echo first'),
                hook('cat > /dev/null; cat "$CODEX_HOME/pipe"'),
            )
        },
    )

    turn = run_turn(client, start_thread(client))

    assert [entries for _, _, entries in runs(turn)] == [[("context", "first")], [("context", "from two")]]
    assert messages(upstream, 0) == [("user", "hello"), ("developer", "first"), ("developer", "from two")]
