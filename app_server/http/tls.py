"""Whom to trust over TLS (model-client.md §11). Heavy: it loads the HTTP library and reads certificates."""

import ssl
from collections.abc import Mapping

import httpx2

from app_server.http.message import HttpError


def tls_context(env: Mapping[str, str]) -> ssl.SSLContext:
    """Trust in what the system trusts, and in the bundle that the environment names. Raises HttpError."""
    context = httpx2.create_ssl_context(trust_env=False)
    bundle = env.get("CODEX_CA_CERTIFICATE") or env.get("SSL_CERT_FILE")
    if not bundle:
        return context
    try:
        context.load_verify_locations(bundle)
    except (OSError, ssl.SSLError) as error:
        raise HttpError(f"the certificate bundle cannot be used: {error}", answered=False) from error
    return context
