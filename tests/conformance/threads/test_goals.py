"""What a thread works towards: set by clients and models, and followed without being asked (§3.12)."""

import json
import re

import pytest
from pydantic import JsonValue
from support import sse
from support.agents import calls, outputs_of
from support.calls import PLAN_MODE
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, start_turn
from support.home import write_config
from support.shape import shape
from support.upstream import Asked, Gate, Status, Stream, Upstream, stream, text_reply

EMPTY: JsonObject = {}
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def client(connect: Connect, upstream: Upstream) -> Client:
    write_config(connect.home, upstream.base_url, extra="[features]\ngoals = true\n")
    return connect()


def gated(text: str, gate: Gate) -> Stream:
    return stream(*sse.message(text), gate, sse.completed())


def reached() -> Stream:
    """A response that says that the goal is reached."""
    return calls(("update_goal", {"status": "complete"}))


def goal_set(client: Client, thread_id: str, **params: JsonValue) -> JsonObject:
    return as_object(client.call("thread/goal/set", {"threadId": thread_id, **params})["goal"])


def goal_of(client: Client, thread_id: str) -> JsonValue:
    return client.call("thread/goal/get", {"threadId": thread_id})["goal"]


def lasting(goal: JsonObject) -> JsonObject:
    """Without times."""
    return {key: goal[key] for key in goal if key not in ("createdAt", "updatedAt", "timeUsedSeconds")}


def told_of_goals(messages: list[JsonObject]) -> list[JsonObject]:
    """What clients were told of goals: turn, state and tokens of each."""
    found = [as_object(one["params"]) for one in messages if one.get("method") == "thread/goal/updated"]
    goals = [(params.get("turnId"), as_object(params["goal"])) for params in found]
    return [{"turn": turn, "status": goal["status"], "tokens": goal["tokensUsed"]} for turn, goal in goals]


def contexts(asked: Asked) -> list[str]:
    """What the model was told of the goal."""
    return list(
        re.findall(
            r"<(?:goal_context|codex_internal_context).*?</(?:goal_context|codex_internal_context)>",
            json.dumps(asked.json["input"]),
        )
    )


def wait_idle(client: Client, since: int, turns: int) -> list[JsonObject]:
    """Wait until so many turns have ended; all messages since the mark."""
    seen = 0

    def ended(message: JsonObject) -> bool:
        nonlocal seen
        seen += message.get("method") == "turn/completed"
        return seen == turns

    client.wait(ended, since)
    client.settle()
    return client.received[since:]


@pytest.mark.parametrize("method", ["set", "get", "clear"])
def test_goals_are_refused_where_they_are_off(connect: Connect, upstream: Upstream, method: str) -> None:
    write_config(connect.home, upstream.base_url, extra="[features]\ngoals = false\n")
    client = connect()

    refusal = client.refusal(f"thread/goal/{method}", {"threadId": NOBODY, "objective": "x"})

    assert (refusal.code, refusal.message) == (-32600, "goals feature is disabled")


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({}, "cannot update goal for thread ID: no goal exists"),
        ({"status": "paused"}, "cannot update goal for thread ID: no goal exists"),
        ({"objective": "  "}, "goal objective must not be empty"),
        ({"objective": "x" * 4001}, "goal objective must be at most 4000 characters"),
        ({"objective": "x", "tokenBudget": 0}, "goal budgets must be positive when provided"),
        ({"objective": "x", "tokenBudget": -1}, "goal budgets must be positive when provided"),
    ],
    ids=["nothing", "a state", "blank", "long", "no budget", "less"],
)
def test_what_is_no_goal_is_refused_in_words(client: Client, params: JsonObject, why: str) -> None:
    thread_id = start_thread(client)

    refusal = client.refusal("thread/goal/set", {"threadId": thread_id, **params})

    assert (refusal.code, refusal.message) == (-32600, why.replace("ID", thread_id))
    assert goal_of(client, thread_id) is None


def test_threads_that_are_not_kept_have_no_goals(client: Client) -> None:
    thread_id = start_thread(client, ephemeral=True)

    for method in ("get", "clear"):
        refusal = client.refusal(f"thread/goal/{method}", {"threadId": thread_id})
        assert refusal.message == f"ephemeral thread does not support goals: {thread_id}"
        unknown = client.refusal(f"thread/goal/{method}", {"threadId": NOBODY})
        assert unknown.message == f"thread not found: {NOBODY}"


def test_a_goal_is_set_changed_and_cleared(client: Client) -> None:
    thread_id = start_thread(client)
    since = client.mark()

    first = goal_set(client, thread_id, objective=" rest ", status="paused", tokenBudget=50)
    second = goal_set(client, thread_id, tokenBudget=None)
    third = goal_set(client, thread_id, status="complete")
    same = goal_set(client, thread_id, objective="rest")
    cleared = client.call("thread/goal/clear", {"threadId": thread_id})
    again = client.call("thread/goal/clear", {"threadId": thread_id})
    client.settle()

    goal: JsonObject = {"threadId": thread_id, "objective": "rest", "tokensUsed": 0}
    assert lasting(first) == {**goal, "status": "paused", "tokenBudget": 50}
    assert lasting(second) == {**goal, "status": "paused", "tokenBudget": None}
    assert lasting(third) == lasting(same) == {**goal, "status": "complete", "tokenBudget": None}
    assert (cleared, again) == ({"cleared": True}, {"cleared": False})
    names = [one.get("method", "answer") for one in client.received[since:]]
    assert names[:-1] == [*["answer", "thread/goal/updated"] * 4, "answer", "thread/goal/cleared", "answer"]
    states = [one["status"] for one in told_of_goals(client.received[since:])]
    assert states == ["paused", "paused", "complete", "complete"]


def test_an_active_goal_begins_turns_until_it_is_reached(client: Client, upstream: Upstream) -> None:
    upstream.script(text_reply("a step"), reached(), text_reply("there"))
    thread_id = start_thread(client)
    since = client.mark()

    goal_set(client, thread_id, objective="get there")
    messages = wait_idle(client, since, 2)

    first, second = (asked for asked in upstream.asked[:2])
    assert ["get there" in text for text in contexts(first)] == [True]
    assert len(contexts(second)) == 2
    assert first.input_texts == second.input_texts == []
    assert "+userMessage" not in shape(messages)
    goal = as_object(goal_of(client, thread_id))
    assert (goal["status"], goal["tokensUsed"]) == ("complete", 22)
    turns = [
        id_of(as_object(one["params"])["turn"]) for one in messages if one.get("method") == "turn/started"
    ]
    assert told_of_goals(messages) == [
        {"turn": None, "status": "active", "tokens": 0},
        {"turn": turns[0], "status": "active", "tokens": 11},
        {"turn": turns[1], "status": "active", "tokens": 22},
        {"turn": turns[1], "status": "complete", "tokens": 22},
    ]
    assert len(upstream.asked) == 3


def test_a_used_up_budget_ends_the_work(client: Client, upstream: Upstream) -> None:
    upstream.script(calls(("get_goal", {})), calls(("get_goal", {})), text_reply("this far"))
    thread_id = start_thread(client)
    since = client.mark()

    goal_set(client, thread_id, objective="much", tokenBudget=20)
    messages = wait_idle(client, since, 1)

    assert [one["status"] for one in told_of_goals(messages)] == [
        *("active", "active", "budgetLimited", "budgetLimited")
    ]
    last = contexts(upstream.asked[2])
    assert len(last) == 2
    assert "22" in last[1]
    assert len(upstream.asked) == 3
    goal = as_object(goal_of(client, thread_id))
    assert (goal["status"], goal["tokensUsed"]) == ("budgetLimited", 33)


def test_a_goal_goes_on_with_a_larger_budget_when_somebody_says_so(
    client: Client, upstream: Upstream
) -> None:
    thread_id = start_thread(client)
    since = client.mark()
    goal_set(client, thread_id, objective="much", tokenBudget=5)
    wait_idle(client, since, 1)

    assert goal_set(client, thread_id, tokenBudget=1000)["status"] == "budgetLimited"
    client.settle()
    assert len(upstream.asked) == 1
    upstream.script(reached())
    since = client.mark()
    goal_set(client, thread_id, status="active")
    wait_idle(client, since, 1)

    assert as_object(goal_of(client, thread_id))["status"] == "complete"


def test_an_interrupt_pauses_the_goal(client: Client, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(gated("a step", gate))
    thread_id = start_thread(client)
    since = client.mark()
    goal_set(client, thread_id, objective="get there")
    gate.wait_reached()
    turn_id = id_of(client.wait_for("turn/started", since)["turn"])

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    paused = client.wait(
        lambda one: one.get("method") == "thread/goal/updated" and '"paused"' in json.dumps(one), since
    )
    gate.open()
    client.settle()

    assert as_object(paused["params"]).get("turnId") is None
    assert as_object(goal_of(client, thread_id))["status"] == "paused"
    assert len(upstream.asked) == 1


def test_a_failed_turn_pauses_the_goal(client: Client, upstream: Upstream) -> None:
    upstream.script(Status(400, {"error": {"message": "no"}}), reached())
    thread_id = start_thread(client)
    since = client.mark()

    goal_set(client, thread_id, objective="get there")
    client.wait(lambda one: one.get("method") == "turn/completed", since)
    client.wait(
        lambda one: one.get("method") == "thread/goal/updated" and '"active"' not in json.dumps(one), since
    )

    assert as_object(goal_of(client, thread_id))["status"] == "paused"
    assert len(upstream.asked) == 1


def test_a_changed_objective_reaches_the_turn_that_runs(client: Client, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(gated("a step", gate), reached(), text_reply("there"))
    thread_id = start_thread(client)
    since = client.mark()
    goal_set(client, thread_id, objective="get there")
    gate.wait_reached()

    changed = goal_set(client, thread_id, objective="get elsewhere")
    gate.open()
    wait_idle(client, since, 1)

    assert changed["status"] == "active"
    told = contexts(upstream.asked[1])
    assert len(told) == 2
    assert "get elsewhere" in told[1]
    assert "get there" not in told[1]


def test_a_thread_that_plans_does_not_work(client: Client, upstream: Upstream) -> None:
    thread_id = start_thread(client)
    goal_set(client, thread_id, objective="get there", status="paused")
    run_turn(client, thread_id, collaborationMode=PLAN_MODE)

    goal_set(client, thread_id, status="active")
    client.settle()
    client.settle()

    goal = as_object(goal_of(client, thread_id))
    assert (goal["status"], goal["tokensUsed"]) == ("active", 0)
    assert len(upstream.asked) == 1


def test_the_model_has_goals_as_json(client: Client, upstream: Upstream) -> None:
    upstream.script(
        calls(
            ("get_goal", EMPTY),
            *(("update_goal", {"status": "complete"}), ("create_goal", {"objective": " "})),
            *(
                ("create_goal", {"objective": "x", "token_budget": 0}),
                ("create_goal", {"objective": " do it ", "token_budget": 60}),
            ),
            *(("create_goal", {"objective": "again"}), ("update_goal", {"status": "paused"})),
        ),
        reached(),
        text_reply("done"),
    )
    thread_id = start_thread(client)

    run_turn(client, thread_id)

    outputs = outputs_of(upstream.asked[-1])
    nothing: JsonObject = {"goal": None, "remainingTokens": None, "completionBudgetReport": None}
    assert outputs[0] == json.dumps(nothing, indent=2)
    assert outputs[1] == f"cannot update goal for thread {thread_id}: no goal exists"
    assert outputs[2:4] == ["goal objective must not be empty", "goal budgets must be positive when provided"]
    made = json.loads(outputs[4])
    assert made["remainingTokens"] == 60
    assert lasting(made["goal"]) == {
        "threadId": thread_id,
        "objective": "do it",
        "status": "active",
        "tokenBudget": 60,
        "tokensUsed": 0,
    }
    assert outputs[5].startswith("cannot create a new goal because this thread already has a goal; use ")
    assert outputs[6].startswith("update_goal can only mark the existing goal complete; pause, resume, and ")
    done = json.loads(outputs[7])
    used = done["goal"]["tokensUsed"]
    report = f"Goal achieved. Report final budget usage to the user: tokens used: {used} of 60"
    assert str(done["completionBudgetReport"]).startswith(report)


def test_the_users_turns_are_followed_by_those_of_the_goal(client: Client, upstream: Upstream) -> None:
    upstream.script(
        calls(("create_goal", {"objective": "get there"})), text_reply("set"), reached(), text_reply("there")
    )
    thread_id = start_thread(client)
    since = client.mark()

    turn_id = start_turn(client, thread_id)
    finish_turn(client, turn_id, since)
    wait_idle(client, since, 2)

    assert as_object(goal_of(client, thread_id))["status"] == "complete"
    assert [len(contexts(asked)) for asked in upstream.asked] == [0, 0, 1, 1]


def test_a_goal_outlives_the_server(connect: Connect, client: Client, upstream: Upstream) -> None:
    thread_id = start_thread(client)
    goal_set(client, thread_id, objective="get there", status="paused", tokenBudget=500)
    run_turn(client, thread_id)
    client.close()
    later = connect()

    kept = as_object(goal_of(later, thread_id))
    active = goal_set(later, thread_id, status="active")
    upstream.script(reached())
    since = later.mark()
    later.call("thread/resume", {"threadId": thread_id})
    messages = wait_idle(later, since, 1)

    assert (kept["objective"], kept["status"], kept["tokenBudget"]) == ("get there", "paused", 500)
    assert active["status"] == "active"
    assert next(one["turn"] for one in told_of_goals(messages)) is None
    assert as_object(goal_of(later, thread_id))["status"] == "complete"


def test_whoever_resumes_a_thread_hears_that_it_has_no_goal(connect: Connect, client: Client) -> None:
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    client.close()
    later = connect()
    since = later.mark()

    later.call("thread/resume", {"threadId": thread_id})

    later.wait_for("thread/goal/cleared", since, threadId=thread_id)


def test_a_thread_that_only_follows_a_goal_is_listed_by_it(client: Client, upstream: Upstream) -> None:
    upstream.script(reached())
    thread_id = start_thread(client)
    since = client.mark()
    goal_set(client, thread_id, objective="get there")
    wait_idle(client, since, 1)

    data = client.call("thread/list", {})["data"]

    assert isinstance(data, list)
    assert [(as_object(row)["id"], as_object(row)["preview"]) for row in data] == [(thread_id, "get there")]


def test_a_fork_has_no_goal(client: Client) -> None:
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    goal_set(client, thread_id, objective="get there", status="paused")

    fork = id_of(client.call("thread/fork", {"threadId": thread_id})["thread"])

    assert goal_of(client, fork) is None
