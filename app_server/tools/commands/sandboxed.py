"""A command as an attempt runs it: in the sandbox of the turn, or without one."""

from collections.abc import Mapping

from app_server.exec.environment import NO_NETWORK
from app_server.exec.process import Command
from app_server.sandbox.confine import confined
from app_server.sandbox.confinement import Confined, Confinement
from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.host import ToolHost


async def attempt_of(
    host: ToolHost, proposal: CommandProposal, env: Mapping[str, str], *, sandboxed: bool
) -> Command:
    """Raises NoSandboxError where a sandbox is asked for and none is to be had; OSError for a missing cwd."""
    approvals = host.approvals
    if not is_confined(host, sandboxed=sandboxed):
        return Confined(proposal.argv).command(proposal.cwd, env)
    more = proposal.rights(approvals)
    network = approvals.sandbox.network_access or more.network
    if more.network:
        env = {name: value for name, value in env.items() if name not in NO_NETWORK}
    policy = approvals.sandbox
    kept = tuple(place for place in policy.kept if place not in more.write)
    places = Confinement((*approvals.writable_roots, *more.write), network, policy.hidden, kept=kept)
    return (await confined(proposal.argv, proposal.cwd, places)).command(proposal.cwd, env)


def is_confined(host: ToolHost, *, sandboxed: bool) -> bool:
    """Whether an attempt runs in a sandbox of ours."""
    return sandboxed and host.approvals.sandbox.mode in ("read-only", "workspace-write")
