"""Wires the login to the clients: who renews it, and who hears that it changed elsewhere."""

from dataclasses import replace
from typing import TYPE_CHECKING

from anyio.abc import TaskGroup

from app_server.agent.opening import Upstream
from app_server.model.auth import mode_of, plan_of
from app_server.rpc.audience import RpcAudience

if TYPE_CHECKING:
    from app_server.model.login.proofs import TokenProofs
    from app_server.model.login.renewal import LoginRenewal


def renewing(
    upstream: Upstream,
    audience: RpcAudience,
    tasks: TaskGroup,
    workspaces: tuple[str, ...],
    chatgpt_base_url: str,
) -> Upstream:
    """The same upstream with a login that is renewed, or proved; tokens may be of `workspaces` only."""
    made: list[LoginRenewal] = []
    proofs: list[TokenProofs] = []

    def renewal() -> "LoginRenewal":
        if not made:
            from app_server.model.login.issuer import Caller, issuer_of  # only a ChatGPT login needs it
            from app_server.model.login.renewal import LoginRenewal
            from app_server.rpc.external_tokens import ClientTokens

            ask = ClientTokens(audience.server_requests, workspaces).ask
            caller = Caller(upstream.http, upstream.identity)
            made.append(LoginRenewal(upstream.auth, caller, issuer_of(upstream.env), tasks, ask))
        return made[0]

    def proving() -> "TokenProofs":
        if not proofs:
            from app_server.model.login.issuer import Caller  # only a program's token needs it
            from app_server.model.login.proofs import TokenProofs

            proofs.append(
                TokenProofs(Caller(upstream.http, upstream.identity), upstream.env, chatgpt_base_url)
            )
        return proofs[0]

    def tell() -> None:
        from protocol.account import AccountUpdatedNotification

        auth = upstream.auth.current
        audience.emit(
            AccountUpdatedNotification.model_validate({"authMode": mode_of(auth), "planType": plan_of(auth)})
        )

    upstream.auth.on_change = tell
    return replace(upstream, renewal=renewal, proofs=proving)
