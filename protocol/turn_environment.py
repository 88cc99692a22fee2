"""The machine that a thread or turn works on."""

from protocol.wire import AppPath, WireModel


class TurnEnvironmentParams(WireModel):
    """An environment for a thread or turn."""

    environment_id: str
    cwd: AppPath
    runtime_workspace_roots: list[AppPath] | None = None
