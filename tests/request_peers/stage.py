"""Where a session is played: one server with its home, provider and client."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from support import sse
from support.client import Client, JsonObject
from support.home import write_api_key_login, write_chatgpt_login, write_config, write_login
from support.identities import identity_login
from support.upstream import Stream, Upstream, stream
from support.upstream.realtime import Realtime

FREE = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"'
ALONE = "features.apps = false"
"""Without the servers that belong to a ChatGPT login."""
SOCKETS = "supports_websockets = true"


@dataclass
class Stage:
    """One server's home, provider and client."""

    home: Path
    upstream: Upstream
    connect: Callable[[], Client]
    realtime: Realtime = field(init=False)

    def __post_init__(self) -> None:
        self.realtime = Realtime(self.upstream)

    def client(self, *, name: str = "Loopback", **settings: str) -> Client:
        """A greeted client; the home is written first. `settings` are `write_config`'s."""
        write_config(
            self.home,
            self.upstream.base_url,
            chatgpt="env_key" not in settings.get("provider", ""),
            retries=1,
            provider=settings.get("provider", ""),
            extra=f"{settings.get('extra', '')}\n{ALONE}",
        )
        path = self.home / "config.toml"
        path.write_text(path.read_text("utf-8").replace('name = "Loopback"', f'name = "{name}"'), "utf-8")
        match settings.get("login", "chatgpt"):
            case "chatgpt":
                write_chatgpt_login(self.home)
            case "key":
                write_api_key_login(self.home)
            case "identity":
                write_login(self.home, identity_login())
            case _:
                pass
        return self.again()

    def again(self) -> Client:
        """Another server in the same home."""
        client = self.connect()
        client.on("attestation/generate", lambda _: {"token": "t"})
        client.initialize({"experimentalApi": True, "requestAttestation": True})
        return client


def calling(*calls: JsonObject, response: str = "r1") -> Stream:
    """An answer that makes these calls."""
    return stream(sse.created(response), *calls, sse.completed(response))


def saying(text: str = "done", response: str = "r2") -> Stream:
    """An answer of one message."""
    return stream(*sse.message(text), sse.completed(response))


def compact(client: Client, thread_id: str) -> None:
    """Have the thread's history compacted, and wait for the end of that."""
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)
