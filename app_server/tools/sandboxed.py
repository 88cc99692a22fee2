"""A command line as an attempt runs it: in the sandbox of the turn, or without one."""

from app_server.sandbox.confinement import Confined, Confinement, confined
from app_server.tools.host import ToolHost


async def attempt_of(host: ToolHost, argv: tuple[str, ...], cwd: str, *, sandboxed: bool) -> Confined:
    """Raises NoSandboxError where a sandbox is asked for and none is to be had; OSError for a missing cwd."""
    approvals = host.approvals
    if not sandboxed or approvals.sandbox.mode in ("danger-full-access", "external-sandbox"):
        return Confined(argv)
    places = Confinement(approvals.writable_roots, network=approvals.sandbox.network_access)
    return await confined(argv, cwd, places)


def is_confined(host: ToolHost, *, sandboxed: bool) -> bool:
    """Whether an attempt runs in a sandbox of ours."""
    return sandboxed and host.approvals.sandbox.mode in ("read-only", "workspace-write")
