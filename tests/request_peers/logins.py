"""Sessions under other logins: one that is refused, an agent's identity, a key or an account of Amazon's."""

from request_peers.stage import ALONE, SOCKETS, Stage, compact
from support.bedrock import table
from support.client import Client, JsonObject
from support.conversation import run_turn, start_thread
from support.identities import Identities
from support.tokens import given
from support.upstream import Endpoint, Status


def refused(stage: Stage) -> None:
    """A login that is not taken: read again, renewed, then given up; and the account's own requests."""
    tokens = Endpoint(lambda _: Status(200, given("new")))
    stage.upstream.add("POST", "/oauth/token", tokens)
    stage.upstream.add("POST", "/oauth/revoke", Endpoint(lambda _: Status(200, {})))
    usage: JsonObject = {"plan_type": "pro", "rate_limit": None}
    stage.upstream.add("GET", "/wham/usage", Endpoint(lambda _: Status(200, usage)))
    stage.upstream.script(*(Status(401, {"error": {"message": "no"}}) for _ in range(2)))
    client = stage.client()
    run_turn(client, start_thread(client), "one")
    client.call("account/rateLimits/read")
    client.call("account/logout")


def identity(stage: Stage) -> None:
    """An agent's identity: its requests are signed one by one, and nothing of it is renewed."""
    Identities(stage.upstream)
    usage: JsonObject = {"plan_type": "pro", "rate_limit": None}
    stage.upstream.add("GET", "/wham/usage", Endpoint(lambda _: Status(200, usage)))
    client = stage.client(login="identity", name="OpenAI")
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    stage.upstream.script(Status(401, {"error": {"message": "no"}}))
    run_turn(client, thread_id, "two")
    client.call("account/rateLimits/read")


def identity_by_websocket(stage: Stage) -> None:
    Identities(stage.upstream)
    stage.upstream.responses.speak_websocket()
    client = stage.client(login="identity", provider=SOCKETS)
    run_turn(client, start_thread(client), "one")


def _at_amazon(stage: Stage) -> Client:
    config = f'model_provider = "amazon-bedrock"\n{ALONE}\n{table(region="us-east-1")}'
    (stage.home / "config.toml").write_text(config, "utf-8")
    return stage.again()


def bedrock_by_key(stage: Stage) -> None:
    client = _at_amazon(stage)
    thread_id = start_thread(client, model="openai.gpt-5.4")
    run_turn(client, thread_id, "one", serviceTier="priority")
    compact(client, thread_id)
    run_turn(client, thread_id, "two", model="openai.gpt-oss-20b")


def bedrock_by_account(stage: Stage) -> None:
    """Each request is signed; how well, is seen to where they are compared."""
    client = _at_amazon(stage)
    run_turn(client, start_thread(client, model="openai.gpt-oss-120b"), "one")
