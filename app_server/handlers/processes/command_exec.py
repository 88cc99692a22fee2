"""`command/exec`: one command in the server's sandbox, answered when it has ended (services.md §2)."""

import os
from pathlib import Path
from typing import Final

import anyio.to_thread

from app_server.config.config import Config
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.config.permission_profiles import Workspace, permissions_of_profile
from app_server.config.permissions import SandboxPolicy
from app_server.config.requirements import NotAllowedError, check_allowed
from app_server.exec.environment import NO_NETWORK, EnvironmentPolicy, overlaid
from app_server.handlers.base import Call, Later
from app_server.handlers.errors import refusals
from app_server.handlers.processes.client_processes import (
    DEFAULT_CAP,
    DEFAULT_TIMEOUT_MS,
    ClientProcesses,
    Delta,
    Plan,
    Running,
    Stream,
    Wording,
    refusal,
    text_of,
)
from app_server.prompt.sandbox import has_network
from app_server.sandbox.confine import confined
from app_server.sandbox.confinement import Confined, Confinement, NoSandboxError, confinement_of
from app_server.sandbox.profile import confinement_of_profile, nearest_policy
from protocol.command import (
    CommandExecOutputDeltaNotification,
    CommandExecParams,
    CommandExecResizeParams,
    CommandExecResizeResponse,
    CommandExecResponse,
    CommandExecTerminateParams,
    CommandExecTerminateResponse,
    CommandExecWriteParams,
    CommandExecWriteResponse,
)
from protocol.jsonrpc import internal_error, invalid_params, invalid_request
from protocol.permissions import (
    DisabledPermissionProfile,
    ExternalPermissionProfile,
    ManagedPermissionProfile,
)

_WORDING: Final = Wording(
    duplicate="duplicate active command/exec process id: {}",
    unknown="no active command/exec for process id {}",
    over="command/exec {} is no longer running",
    write="command/exec/write",
    size="command/exec",
    closed_input="stdin streaming is not enabled for this command/exec",
)


class CommandExecHandlers:
    """The commands of all connections."""

    def __init__(self, configs: ConfigLoader) -> None:
        self._configs = configs
        self._processes = ClientProcesses(_WORDING)

    async def execute(self, call: Call, params: CommandExecParams) -> Later[CommandExecResponse]:
        """Its place in the queue is free once it runs, so that it can be controlled."""
        _check(params)
        with refusals():
            config = self._configs.load(cwd=Path(params.cwd) if params.cwd else None)
        confinement = await _spelled_out(config, params)
        if confinement is not None:
            policy = nearest_policy(confinement)
        else:
            policy = _policy(config, params)
            confinement = confinement_of(policy, str(config.cwd), os.environ.get("TMPDIR"))
        size = self._processes.first_size(params.size, tty=params.tty)
        streams = params.tty or params.stream_stdin or params.stream_stdout_stderr
        if streams and params.process_id is None:
            raise invalid_request("command/exec tty or streaming requires a client-supplied processId")
        line = await _confined(params, confinement, str(config.cwd))
        writable = params.tty or params.stream_stdin
        command = line.command(str(config.cwd), _environment(config, params, policy))
        plan = Plan(
            command._replace(terminal=size, input=writable),
            cap=None if params.disable_output_cap else _or(params.output_bytes_cap, DEFAULT_CAP),
            timeout=None if params.disable_timeout else _or(params.timeout_ms, DEFAULT_TIMEOUT_MS) / 1000,
            writable=writable,
            delta=_delta(params),
        )
        try:
            running = await self._processes.start(call.client, params.process_id, plan)
        except OSError as error:
            raise refusal("failed to spawn command", error) from error
        running.told.set()
        return Later(_response(running))

    async def write(self, call: Call, params: CommandExecWriteParams) -> CommandExecWriteResponse:
        await self._processes.write(
            call.client, params.process_id, params.delta_base64, close=params.close_stdin
        )
        return CommandExecWriteResponse()

    async def resize(self, call: Call, params: CommandExecResizeParams) -> CommandExecResizeResponse:
        self._processes.resize(call.client, params.process_id, params.size)
        return CommandExecResizeResponse()

    async def terminate(self, call: Call, params: CommandExecTerminateParams) -> CommandExecTerminateResponse:
        self._processes.find(call.client, params.process_id).process.kill()
        return CommandExecTerminateResponse()


def _check(params: CommandExecParams) -> None:
    """In this order. Raises RpcError."""
    if not params.command:
        raise invalid_request("command must not be empty")
    if params.permission_profile is not None and params.sandbox_policy is not None:
        raise invalid_request("`permissionProfile` cannot be combined with `sandboxPolicy`")
    if params.size is not None and not params.tty:
        raise invalid_params("command/exec size requires tty: true")
    if params.output_bytes_cap is not None and params.disable_output_cap:
        raise invalid_params("command/exec cannot set both outputBytesCap and disableOutputCap")
    if params.timeout_ms is not None and params.disable_timeout:
        raise invalid_params("command/exec cannot set both timeoutMs and disableTimeout")
    if params.timeout_ms is not None and params.timeout_ms < 0:
        raise invalid_params(f"command/exec timeoutMs must be non-negative, got {params.timeout_ms}")


def _policy(config: Config, params: CommandExecParams) -> SandboxPolicy:
    """What the command may touch. Raises RpcError."""
    profile = params.permission_profile
    if params.sandbox_policy is not None:
        policy = SandboxPolicy.from_wire(params.sandbox_policy.to_wire())
        kind = "sandbox policy"
    elif isinstance(profile, str):
        policy, kind = _named(config, profile), "permission profile"
    elif isinstance(profile, DisabledPermissionProfile):
        policy, kind = SandboxPolicy("danger-full-access", network_access=True), "permission profile"
    elif isinstance(profile, ExternalPermissionProfile):
        policy = SandboxPolicy("external-sandbox", network_access=profile.network.enabled is True)
        kind = "permission profile"
    else:
        return config.sandbox
    try:
        check_allowed(config.requirements, sandbox=policy)
    except NotAllowedError as error:
        raise invalid_request(f"invalid {kind}: {error}") from error
    return policy


def _named(config: Config, profile: str) -> SandboxPolicy:
    workspace = Workspace(config.cwd, config.codex_home / "memories")
    try:
        return permissions_of_profile(profile, config.values.get("permissions"), workspace).sandbox
    except ConfigError as error:
        raise invalid_request(f"invalid permission profile: {error}") from error


async def _spelled_out(config: Config, params: CommandExecParams) -> Confinement | None:
    """That of a profile which is spelled out; None: there is no such profile. Raises RpcError."""
    profile = params.permission_profile
    if not isinstance(profile, ManagedPermissionProfile):
        return None
    tmpdir = os.environ.get("TMPDIR")
    found = await anyio.to_thread.run_sync(confinement_of_profile, profile, str(config.cwd), tmpdir)
    try:
        check_allowed(config.requirements, sandbox=nearest_policy(found))
    except NotAllowedError as error:
        raise invalid_request(f"invalid permission profile: {error}") from error
    return found


async def _confined(params: CommandExecParams, confinement: Confinement | None, cwd: str) -> Confined:
    if confinement is None:
        return Confined(tuple(params.command))
    try:
        return await confined(params.command, cwd, confinement)
    except NoSandboxError as error:
        raise internal_error(f"exec failed: {error}") from error
    except OSError as error:
        raise refusal("failed to spawn command", error) from error


def _environment(config: Config, params: CommandExecParams, policy: SandboxPolicy) -> dict[str, str]:
    ours = EnvironmentPolicy.from_config(config.table("shell_environment_policy")).apply(os.environ)
    env = overlaid(ours, params.env or {})
    return env if has_network(policy) else {**env, **NO_NETWORK}


def _delta(params: CommandExecParams) -> Delta | None:
    name = params.process_id
    if name is None or not (params.tty or params.stream_stdout_stderr):
        return None

    def delta(stream: Stream, data: str, last: bool) -> CommandExecOutputDeltaNotification:
        return CommandExecOutputDeltaNotification(
            process_id=name, stream=stream, delta_base64=data, cap_reached=last
        )

    return delta


async def _response(running: Running) -> CommandExecResponse:
    outcome = await running.result()
    return CommandExecResponse(
        exit_code=outcome.exit_code,
        stdout=text_of(outcome.stdout.kept()),
        stderr=text_of(outcome.stderr.kept()),
    )


def _or(given: int | None, default: int) -> int:
    return default if given is None else given
