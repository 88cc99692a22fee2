"""Which proxy a URL goes by."""

import pytest

from app_server.http.proxies import goes_direct, proxy_of

P = "http://p:1"


@pytest.mark.parametrize(
    ("url", "env", "proxy"),
    [
        ("http://host/v1", {}, None),
        ("http://host/v1", {"HTTP_PROXY": P}, P),
        ("ws://host/v1", {"http_proxy": P}, P),
        ("https://host/v1", {"HTTP_PROXY": P}, None),
        ("https://host/v1", {"https_proxy": P, "HTTP_PROXY": "http://q"}, P),
        ("wss://host/v1", {"HTTPS_PROXY": P}, P),
        ("https://host/v1", {"ALL_PROXY": P}, P),
        ("https://host/v1", {"ALL_PROXY": "http://q", "HTTPS_PROXY": P}, P),
        ("https://host/v1", {"HTTPS_PROXY": "p:1"}, P),
        ("https://host/v1", {"HTTPS_PROXY": " "}, None),
        ("https://host/v1", {"HTTPS_PROXY": P, "CODEX_SANDBOX": "seatbelt"}, None),
        ("http://127.0.0.1:1/v1", {"HTTP_PROXY": P}, None),
        ("https://localhost/v1", {"HTTPS_PROXY": P}, None),
        ("http://[::1]:1/v1", {"HTTP_PROXY": P}, None),
    ],
)
def test_the_environment_names_the_proxy(url: str, env: dict[str, str], proxy: str | None) -> None:
    assert proxy_of(url, env) == proxy


@pytest.mark.parametrize(
    ("exempt", "url", "reached_without"),
    [
        ("*", "https://host", True),
        ("host", "https://host", True),
        ("HOST", "https://Host", True),
        ("host", "https://a.host", True),
        (".host", "https://a.host", True),
        (".host", "https://host", True),
        ("*.host", "https://a.host", True),
        ("host", "https://ahost", False),
        ("a.host", "https://host", False),
        ("other, host", "https://host", True),
        ("host:443", "https://host", True),
        ("host:8443", "https://host", False),
        ("host:8443", "https://host:8443", True),
        ("10.0.0.0/8", "http://10.1.2.3", True),
        ("10.0.0.0/8", "http://11.1.2.3", False),
        ("10.1.2.3", "http://10.1.2.3:8080", True),
        ("10.1.2.3:80", "http://10.1.2.3:8080", False),
        ("fe80::/10", "http://[fe80::1]", True),
        ("[fe80::1]:80", "http://[fe80::1]", True),
        ("", "https://host", False),
        (" , ", "https://host", False),
        ("no/such/net", "https://host", False),
    ],
)
def test_some_hosts_are_reached_without_it(exempt: str, url: str, reached_without: bool) -> None:
    env = {"ALL_PROXY": P, "no_proxy": exempt}

    assert (proxy_of(url, env) is None) is reached_without
    assert goes_direct(url, env) is (reached_without and url.startswith("http:"))
