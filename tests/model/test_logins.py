"""Logins that wait for somebody, and all the ways in which they end (model-client.md §9.6–§9.8)."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
import pytest
from support.tokens import Answer, Issuer
from support.upstream import Gate

from app_server.model.auth import ChatGptAuth
from app_server.model.login import browser, device
from app_server.model.login.errors import NoLoginError

from .logins import TYPED, USERCODE, asked_of, come_back, friendly_issuer, visit, world

NOT_ENABLED = (
    "Codex is not enabled for your workspace. "
    "Contact your workspace administrator to request access to Codex."
)
FAILURES: list[tuple[str, Answer, str]] = [
    (
        "refused",
        (400, {"error": "invalid_grant", "error_description": "the code is used up"}),
        "Token exchange failed: token endpoint returned status 400 Bad Request: the code is used up",
    ),
    (
        "broken",
        (500, {"error": {"message": "we are down"}}),
        "Token exchange failed: token endpoint returned status 500 Internal Server Error: we are down",
    ),
    ("no tokens", (200, {"id_token": "x"}), "Token exchange failed: the answer holds no tokens"),
    ("no object", (200, ["x"]), "Token exchange failed: the answer holds no tokens"),
    (
        "no JWT",
        (200, {"id_token": "x", "access_token": "y", "refresh_token": "z"}),
        "Token exchange failed: invalid ID token format",
    ),
]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with friendly_issuer() as issuer:
        yield issuer


@pytest.mark.parametrize(
    ("answer", "problem"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES]
)
async def test_tokens_that_cannot_be_had_fail_a_login_by_browser(
    issuer: Issuer, tmp_path: Path, answer: Answer, problem: str
) -> None:
    issuer.says("/oauth/token", answer)
    async with world(issuer, tmp_path) as here:
        _, url = await here.browser()

        status = await come_back(url, "code=c-1")

        assert status == "HTTP/1.1 200 OK"
        assert await here.error() == f"Login server error: {problem}"
        assert here.auth.current is None
        assert not (tmp_path / "auth.json").exists()


@pytest.mark.parametrize(
    ("answer", "problem"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES]
)
async def test_tokens_that_cannot_be_had_fail_a_login_by_code(
    issuer: Issuer, tmp_path: Path, answer: Answer, problem: str
) -> None:
    issuer.says("/oauth/token", answer)
    async with world(issuer, tmp_path) as here:
        await here.device()

        assert await here.error() == problem
        assert here.auth.current is None


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", "Missing authorization code. Sign-in could not be completed."),
        ("error=access_denied", "Sign-in failed: access_denied"),
        ("error=access_denied&error_description=not+today", "Sign-in failed: not today"),
        (
            "error=access_denied&error_description=missing_codex_entitlement",
            NOT_ENABLED,
        ),
    ],
)
async def test_a_browser_that_brings_no_code_fails_the_login(
    issuer: Issuer, tmp_path: Path, query: str, problem: str
) -> None:
    async with world(issuer, tmp_path) as here:
        _, url = await here.browser()

        await come_back(url, query)

        assert await here.error() == f"Login server error: {problem}"
        assert issuer.asked("/oauth/token") == []


async def test_a_browser_that_does_not_see_the_last_page_is_logged_in_all_the_same(
    issuer: Issuer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_LAST_PAGE_SECONDS", 0.01)
    async with world(issuer, tmp_path) as here:
        _, url = await here.browser()

        assert await come_back(url, "code=c-1", stays=False) == "HTTP/1.1 302 Found"

        assert await here.error() is None
        assert isinstance(here.auth.current, ChatGptAuth)


async def test_a_browser_that_comes_twice_brings_one_code(issuer: Issuer, tmp_path: Path) -> None:
    issuer.gate = Gate()
    pages: list[str] = []
    async with world(issuer, tmp_path) as here:
        _, url = await here.browser()

        async def browse() -> None:
            pages.append(await come_back(url, "code=c-1", stays=False))

        async with anyio.create_task_group() as browsers:
            browsers.start_soon(browse)
            browsers.start_soon(browse)
            await anyio.to_thread.run_sync(issuer.gate.wait_reached)
            issuer.gate.open()

        assert await here.error() is None
    assert pages == ["HTTP/1.1 302 Found"] * 2
    exchanges = [call for call in issuer.asked("/oauth/token") if "code" in call.form]
    assert len(exchanges) == 1


async def test_what_else_comes_to_the_port_changes_nothing(issuer: Issuer, tmp_path: Path) -> None:
    async with world(issuer, tmp_path) as here:
        _, url = await here.browser()

        assert await visit(url, "/favicon.ico") == "HTTP/1.1 404 Not Found"
        assert (await visit(url, "/auth/callback", "code=c-1")).startswith("HTTP/1.1 400")
        port = urlsplit(asked_of(url)["redirect_uri"]).port or 0
        async with await anyio.connect_tcp("127.0.0.1", port) as stream:
            await stream.send(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
        assert here.ends == []

        await come_back(url, "code=c-1")
        assert await here.error() is None
        assert isinstance(here.auth.current, ChatGptAuth)


async def test_a_browser_login_that_nobody_finishes_times_out(
    issuer: Issuer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_LOGIN_SECONDS", 0.01)
    async with world(issuer, tmp_path) as here:
        _, url = await here.browser()

        assert await here.error() == "Login server error: Login timed out"
        with pytest.raises(OSError, match="connect"):
            await visit(url, "/success")


async def test_a_code_that_nobody_types_expires(
    issuer: Issuer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "_LOGIN_SECONDS", 0.05)
    issuer.says(TYPED, (403, {}))
    async with world(issuer, tmp_path) as here:
        await here.device()

        assert await here.error() == "device auth timed out after 15 minutes"


@pytest.mark.parametrize("status", [400, 401, 429, 500])
async def test_an_issuer_that_does_not_want_the_code_ends_the_login(
    issuer: Issuer, tmp_path: Path, status: int
) -> None:
    issuer.says(TYPED, (403, {}), (404, {}), (status, {}))
    async with world(issuer, tmp_path) as here:
        await here.device()

        error = await here.error()
        assert error is not None
        assert error.startswith(f"device auth failed with status {status} ")
        assert len(issuer.asked(TYPED)) == 3


async def test_no_code_can_be_had_where_the_issuer_offers_none(issuer: Issuer, tmp_path: Path) -> None:
    async with world(issuer, tmp_path) as here:
        issuer.says(USERCODE, (404, {}))
        with pytest.raises(NoLoginError) as refused:
            await here.device()
        assert refused.value.is_refusal

        issuer.says(USERCODE, (500, {}))
        with pytest.raises(NoLoginError, match="status 500") as failed:
            await here.device()
        assert not failed.value.is_refusal
        assert here.ends == []


@pytest.mark.parametrize("kind", ["browser", "device"])
async def test_a_login_that_is_cancelled_ends_then_and_leaves_nothing(
    issuer: Issuer, tmp_path: Path, kind: str
) -> None:
    issuer.says(TYPED, (403, {}))
    async with world(issuer, tmp_path) as here:
        login_id, *_ = await (here.browser() if kind == "browser" else here.device())

        assert await here.logins.cancel(login_id)
        assert not await here.logins.cancel(login_id)

        prefix = "Login server error: " if kind == "browser" else ""
        assert here.ends == [(login_id, f"{prefix}Login was not completed")]
        assert here.auth.current is None


async def test_a_login_that_is_cancelled_while_its_tokens_come_keeps_none(
    issuer: Issuer, tmp_path: Path
) -> None:
    issuer.gate = Gate()
    async with world(issuer, tmp_path) as here:
        login_id, url = await here.browser()
        async with anyio.create_task_group() as tasks:

            async def browse() -> None:
                with suppress(anyio.EndOfStream, anyio.BrokenResourceError):  # its server is gone
                    await come_back(url, "code=c-1")

            tasks.start_soon(browse)
            await anyio.to_thread.run_sync(issuer.gate.wait_reached)
            assert await here.logins.cancel(login_id)
            issuer.gate.open()

        assert here.ends == [(login_id, "Login server error: Login was not completed")]
        assert here.auth.current is None


@pytest.mark.parametrize("kind", ["browser", "device"])
@pytest.mark.parametrize("allowed", [("acct-1",), ("ws-9", "acct-1"), ("ws-9",)])
async def test_only_a_workspace_that_is_allowed_may_log_in(
    issuer: Issuer, tmp_path: Path, kind: str, allowed: tuple[str, ...]
) -> None:
    async with world(issuer, tmp_path) as here:
        if kind == "browser":
            _, url = await here.browser(*allowed)
            assert asked_of(url)["allowed_workspace_id"] == ",".join(allowed)
            await come_back(url, "code=c-1")
        else:
            await here.device(*allowed)

        error = await here.error()
        if "acct-1" in allowed:
            assert error is None
            return
        prefix = "Login server error: " if kind == "browser" else ""
        assert error == f"{prefix}Login is restricted to workspace id ws-9."
        assert here.auth.current is None
