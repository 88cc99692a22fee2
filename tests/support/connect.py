"""How a black-box test gets connections to the server that it drives."""

from pathlib import Path

from pydantic import JsonValue

from support import oracle
from support.client import Client
from support.servers import Server


class Connect:
    """Spawns the server in the test's home, as often as the test wants."""

    def __init__(self, server: Server, home: Path) -> None:
        self.server = server
        self.home = home
        self.clients: list[Client] = []

    def __call__(
        self, *, initialize: bool = True, env: dict[str, str] | None = None, **capabilities: JsonValue
    ) -> Client:
        """A client, greeted already unless told otherwise, with `experimentalApi` and what is named."""
        server = self.server
        client = Client(server.command, self.home, env=env, cwd=self.workspace, spawn=server.spawn)
        self.clients.append(client.__enter__())
        if initialize:
            client.initialize({"experimentalApi": True, **capabilities})
        return client

    @property
    def workspace(self) -> Path:
        """The folder that the server runs in."""
        folder = self.home.parent / (self.home.name + "-workspace")
        folder.mkdir(exist_ok=True)
        return folder

    def verify(self) -> None:
        """End every server, and hold its transcript against the rules."""
        for client in self.clients:
            client.close()
            broken = oracle.violations(client.transcript, settled=not client.leaves_turns_open)
            if found := [*client.complaints, *broken]:
                raise AssertionError("\n".join(found))

    def close(self) -> None:
        for client in self.clients:
            client.close()
        if not any(self.workspace.iterdir()):
            self.workspace.rmdir()
