"""Which cookies are kept, for whom, and for how long."""

import pytest

from app_server.http.cloudflare import CloudflareCookies

URL = "https://chatgpt.com/backend-api/codex/responses"


class Clock:
    now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_host_gets_back_what_it_gave() -> None:
    cookies = CloudflareCookies()

    cookies.take(URL, ["__cf_bm=a; path=/; HttpOnly; Secure; Partitioned", "_cfuvid=b", "_cfuvid=c"])

    assert cookies.header("https://chatgpt.com/other") == b"__cf_bm=a; _cfuvid=c"
    for other in (
        "https://api.openai.com/v1/responses",
        "https://ab.chatgpt.com/",
        "http://chatgpt.com/",
        "https://notchatgpt.com/",
        "https://chatgpt.com.example/",
    ):
        assert cookies.header(other) is None


@pytest.mark.parametrize(
    "text", ["session=secret", "__cf_bm", "__cf_bm=" + "x" * 5000, "__cf_bm=é", "=a", "", "__CF_BM=a"]
)
def test_no_other_cookie_is_kept(text: str) -> None:
    cookies = CloudflareCookies()

    cookies.take(URL, [text])

    assert cookies.header(URL) is None


@pytest.mark.parametrize("url", ["https://example.com/", "http://chatgpt.com/"])
def test_nobody_else_is_listened_to(url: str) -> None:
    cookies = CloudflareCookies()

    cookies.take(url, ["__cf_bm=a"])

    assert cookies.header(URL) is None
    assert cookies.header(url) is None


@pytest.mark.parametrize(
    ("text", "after", "there"),
    [
        ("__cf_bm=a; Max-Age=60", 59, True),
        ("__cf_bm=a; Max-Age=60", 61, False),
        ("__cf_bm=a; Max-Age=0", 0, False),
        ("__cf_bm=a; Max-Age=-1", 0, False),
        ("__cf_bm=a; expires=Sun, 09-Sep-2001 02:46:40 GMT", 3599, True),
        ("__cf_bm=a; expires=Sun, 09 Sep 2001 02:46:40 GMT", 3601, False),
        ("__cf_bm=a; expires=Sun, 09 Sep 2001 02:46:40 GMT; max-age=7200", 3601, True),
        ("__cf_bm=a; expires=nonsense", 100_000, True),
    ],
)
def test_a_cookie_ends_when_it_says(text: str, after: float, there: bool) -> None:
    clock = Clock()
    cookies = CloudflareCookies(clock)

    cookies.take(URL, [text])
    clock.now += after

    assert (cookies.header(URL) is not None) is there


def test_a_cookie_is_taken_back() -> None:
    cookies = CloudflareCookies()
    cookies.take(URL, ["__cf_bm=a"])

    cookies.take(URL, ["__cf_bm=; expires=Thu, 01 Jan 1970 00:00:00 GMT"])

    assert cookies.header(URL) is None
