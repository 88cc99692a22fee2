"""Putting a session together: from a configuration and a log to a thread that can take turns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import anyio.to_thread

from app_server.agent.backend import backend_login, may_have_account
from app_server.agent.conversation import Conversation
from app_server.agent.lineage import Lineage
from app_server.agent.mcp import attach_servers
from app_server.agent.ports import AttestationProvider, EventSink, Questions
from app_server.agent.session import Session
from app_server.agent.settings import model_of, settings_of
from app_server.agent.status import StatusTracker
from app_server.agent.usage import UsageLedger
from app_server.config.config import Config
from app_server.config.features import beta_features
from app_server.config.layers import declares_hooks
from app_server.config.rules_in_force import rules_in_force
from app_server.http.client import HttpClient
from app_server.model.auth import AuthStore, plan_of
from app_server.model.client import ModelClient
from app_server.model.client_identity import ClientIdentity
from app_server.model.credentials import Credentials, ProviderCredentials, attestation_in_scope
from app_server.model.headers import ThreadFacts
from app_server.model.provider import OFFLINE, ModelProvider
from app_server.model.providers import provider_for, with_base_url
from app_server.model.thread_requests import Attest
from app_server.prompt.agents_md import UserInstructions, load_user_instructions
from app_server.prompt.instructions import base_instructions
from app_server.skills.library import SkillLibrary
from app_server.store.thread_log import ThreadLog
from app_server.tools.approvals.thread import ThreadApprovals
from app_server.tools.call import Unanswered
from app_server.tools.dynamic import DynamicTool
from protocol.wire import WireModel

if TYPE_CHECKING:
    from app_server.agent.thread_hooks import ThreadHooks
    from app_server.apps.hosted import HostedApps
    from app_server.model.login.proofs import TokenProofs
    from app_server.model.login.renewal import LoginRenewal
    from app_server.store.replay_history import ReplayedHistory


_FAST_PLANS: Final = frozenset(
    {
        *("team", "business", "enterprise"),
        *("self_serve_business_usage_based", "enterprise_cbp_usage_based"),
    }
)


class OfflineUpstream(Protocol):
    """The built-in provider, which listens as soon as somebody wants to use it."""

    async def base_url(self, script: str | None) -> str: ...


@dataclass(frozen=True, slots=True)
class Upstream:
    """What all threads of the process share when they tell and ask a model."""

    auth: AuthStore
    http: HttpClient
    identity: ClientIdentity
    installation_id: str
    env: Mapping[str, str]
    offline: OfflineUpstream
    skills: SkillLibrary
    renewal: "Callable[[], LoginRenewal] | None" = None
    """Renews the login; made when it is first needed. None: the login is used as it is."""
    proofs: "Callable[[], TokenProofs] | None" = None
    """Has the tokens of programs confirmed; made when one is first used. None: no such token is used."""


def provider_of(config: Config, env: Mapping[str, str]) -> ModelProvider:
    """The provider that the configuration chose. Raises ProviderError."""
    return provider_for(
        config.model_provider, config.provider_tables, env=env, openai_base_url=config.openai_base_url
    )


def credentials_of(provider: ModelProvider, upstream: Upstream, codex_home: Path) -> Credentials:
    """What the provider is asked with."""
    if provider.aws is not None:
        from app_server.model.bedrock.credentials import BedrockCredentials  # few use it

        return BedrockCredentials(provider.aws, upstream.auth, upstream.env)
    return ProviderCredentials(
        provider, upstream.auth, upstream.env, codex_home, renewal=upstream.renewal, proofs=upstream.proofs
    )


def instructions_of(config: Config, stored: str | None = None) -> str:
    """The base instructions: the override, else those that the thread had before, else those of its model."""
    said = stored if config.base_instructions is None else config.base_instructions
    if said is not None:
        return said
    settings = settings_of(config)
    return base_instructions(model_of(settings, config), settings.personality)


def user_instructions_of(config: Config) -> UserInstructions:
    """What the AGENTS.md files that apply to the thread's folder say. Reads files."""
    return load_user_instructions(
        config.codex_home,
        config.cwd,
        max_bytes=config.project_doc_max_bytes,
        root_markers=config.project_root_markers,
        fallback_filenames=config.project_doc_fallback_filenames,
        explain_scope=config.feature("child_agents_md"),
    )


async def open_session(
    upstream: Upstream,
    config: Config,
    log: ThreadLog,
    sink: EventSink,
    *,
    thread_id: str,
    session_id: str,
    instructions: str,
    user_instructions: str | None,
    attestation: AttestationProvider | None,
    questions: Questions,
    dynamic_tools: tuple[DynamicTool, ...] = (),
    ephemeral: bool = False,
    replayed: "ReplayedHistory | None" = None,
    lineage: Lineage | None = None,
    thread_source: str | None = None,
) -> Session:
    """A session over a new log, or over one whose entries were replayed. Raises ProviderError.

    Whether its requests carry an attestation is decided here, once for the life of the thread
    (connection.md §8.2); without a provider of attestations they never do.
    """
    settings = settings_of(config)
    if settings.service_tier is None and _is_fast(upstream, config):
        settings = replace(settings, service_tier="priority")
    model = model_of(settings, config)
    session = Session(
        thread_id=thread_id,
        session_id=session_id,
        sink=sink,
        status=StatusTracker(thread_id, sink),
        conversation=Conversation(log, model.truncation),
        usage=UsageLedger(model.usable_context_window),
        client=await _client(upstream, config, attestation, thread_id, session_id, lineage=lineage),
        config=config,
        instructions=instructions,
        instructions_overridden=config.base_instructions is not None,
        user_instructions=user_instructions,
        approvals=ThreadApprovals(config.codex_home, rules_in_force(config.stack)),
        skills=upstream.skills,
        questions=questions,
        dynamic_tools=dynamic_tools,
        ephemeral=ephemeral,
        settings=settings,
        lineage=lineage,
        thread_source=thread_source,
        hooks=await hooks_of(config),
        apps=hosted_apps(upstream),
    )
    await attach_servers(session, dict(upstream.env), upstream.http)
    if replayed is not None:
        _take_up(session, replayed)
    return session


def hosted_apps(upstream: Upstream) -> "HostedApps | None":
    """The server of the account's apps, while an account is logged in."""
    if not may_have_account(upstream):
        return None
    from app_server.apps.hosted import HostedApps  # not for those who use keys

    return HostedApps(upstream.auth.codex_home, partial(backend_login, upstream), upstream.http)


def _is_fast(upstream: Upstream, config: Config) -> bool:
    """Whether the login's plan brings the fast tier, and nobody wants it otherwise (model-client.md §1.4)."""
    if config.service_tier_chosen or not config.feature("fast_mode"):
        return False
    if config.table("notice").get("fast_default_opt_out") is True:
        return False
    takes_login = provider_of(config, upstream.env).takes_login
    return takes_login and plan_of(upstream.auth.current) in _FAST_PLANS


async def hooks_of(config: Config) -> "ThreadHooks | None":
    """The hooks of a thread, where its configuration or a plugin may declare some."""
    if not config.feature("hooks") or not (declares_hooks(config.stack) or config.has_plugins):
        return None
    from app_server.agent.thread_hooks import thread_hooks  # few threads have any

    return await anyio.to_thread.run_sync(thread_hooks, config)


def _take_up(session: Session, replayed: "ReplayedHistory") -> None:
    session.conversation.restore(replayed.items, reference=replayed.context)
    session.last_model = replayed.last_model
    session.client.window_number = replayed.compactions
    if replayed.usage is not None:
        session.usage.restore(replayed.usage, replayed.usage_turn_id)


async def _client(
    upstream: Upstream,
    config: Config,
    attestation: AttestationProvider | None,
    thread_id: str,
    session_id: str,
    *,
    lineage: Lineage | None,
) -> ModelClient:
    provider = provider_of(config, upstream.env)
    if provider.id == OFFLINE and provider.base_url is None:
        script = config.table("offline").get("script")
        base_url = await upstream.offline.base_url(script if isinstance(script, str) else None)
        provider = with_base_url(provider, base_url)
    attest: Attest | None = None
    if attestation is not None and attestation_in_scope(provider, upstream.auth.current):
        asked = attestation

        async def attest_thread() -> bytes | None:
            return await asked.header_value(thread_id)

        attest = attest_thread
    return ModelClient(
        provider=provider,
        credentials=credentials_of(provider, upstream, config.codex_home),
        http=upstream.http,
        identity=upstream.identity,
        facts=ThreadFacts(
            thread_id,
            session_id,
            upstream.installation_id,
            beta_features=beta_features(config.features),
            subagent=None if lineage is None else "collab_spawn",
            parent_thread_id=None if lineage is None else lineage.parent_id,
        ),
        env=upstream.env,
        attest=attest,
        compress=config.feature("enable_request_compression"),
    )


class Unheard:
    """The sink of a thread that nobody watches, and where nobody can be asked."""

    def emit(self, event: object) -> None:
        """Drop it."""

    async def drain(self) -> None:
        """There is nobody to wait for."""

    async def ask(self, method: str, params: WireModel, *, thread_id: str) -> WireModel:  # noqa: ARG002 - a port's
        """Raises Unanswered."""
        raise Unanswered(f"nobody watches the thread that asks {method}")
