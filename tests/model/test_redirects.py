"""A provider that sends a request elsewhere."""

import pytest
from support.upstream import Status, Upstream, text_reply
from support.upstream.endpoint import Endpoint

from app_server.model.answer.events import Completed
from app_server.model.errors import ModelError

from .conftest import Setup

ATTESTATION = b'{"v":1,"s":0,"t":"token"}'


async def attest() -> bytes | None:
    return ATTESTATION


def signed(setup: Setup) -> Setup:
    """With a key, a header of the user's own, and an attestation."""
    setup = setup.with_provider(bearer_token="key", http_headers={"api-key": "own"})
    setup.attest = attest
    return setup


def elsewhere(upstream: Upstream) -> Endpoint:
    endpoint = Endpoint(lambda _: text_reply("there"))
    upstream.add("", "/moved", endpoint)
    return endpoint


@pytest.mark.parametrize("code", [307, 308])
async def test_the_question_is_asked_where_the_provider_says(
    setup: Setup, upstream: Upstream, code: int
) -> None:
    there = elsewhere(upstream)
    upstream.script(Status(code, "", (("location", "/v1/moved?x=1"),)))

    found = await signed(setup).ask()

    assert isinstance(found[-1], Completed)
    (first,), (second,) = upstream.asked, there.asked
    assert (second.method, second.path, second.body) == ("POST", "/v1/moved?x=1", first.body)
    assert second.headers == {**first.headers, "host": second.headers["host"]}
    assert second.headers["x-oai-attestation"] == ATTESTATION


async def test_another_origin_learns_nothing_of_who_asks(setup: Setup, upstream: Upstream) -> None:
    with Upstream() as other:
        there = elsewhere(other)
        upstream.script(Status(307, "", (("location", f"{other.root}/moved"),)))

        await signed(setup).ask()

        (asked,) = there.asked
    assert asked.body == upstream.asked[0].body
    assert set(asked.headers) == {
        "host", "content-length", "originator", "user-agent", "accept", "content-type"
    }  # fmt: skip


async def test_a_redirect_of_the_old_kind_is_read_without_the_question(
    setup: Setup, upstream: Upstream
) -> None:
    there = elsewhere(upstream)
    upstream.script(Status(302, "", (("location", "moved"),)))

    await setup.ask()

    (asked,) = there.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/v1/moved", b"")
    assert "content-type" not in asked.headers


@pytest.mark.parametrize("place", ["ftp://127.0.0.1/x", "http://[", "http://127.0.0.1:x/", None])
async def test_a_place_that_is_none_is_no_redirect(
    setup: Setup, upstream: Upstream, place: str | None
) -> None:
    upstream.script(Status(307, "", () if place is None else (("location", place),)))

    with pytest.raises(ModelError, match="unexpected status 307 Temporary Redirect"):
        await setup.ask()


async def test_a_circle_of_redirects_comes_to_an_end(setup: Setup, upstream: Upstream) -> None:
    circle = Endpoint(lambda _: Status(307, "", (("location", "/v1/circle"),)))
    upstream.add("", "/circle", circle)
    upstream.script(Status(307, "", (("location", "/v1/circle"),)))

    with pytest.raises(ModelError, match="error sending request"):
        await setup.with_provider(request_max_retries=0).ask()

    assert len(circle.asked) == 10
