"""Amazon Bedrock on loopback: behind a proxy that knows its host, with a certificate of the tests' own."""

import hashlib
import hmac
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from support.certificates import certified
from support.proxy import Proxy
from support.upstream import Asked, Upstream

REGIONS: Final = ("us-east-1", "us-west-2", "eu-north-1")
KEY_ID: Final = "AKIDEXAMPLE"
SECRET: Final = "wJalrXUtnFEMI"
ACCESS: Final = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
SERVICE: Final = "bedrock-mantle"


@dataclass(frozen=True, slots=True)
class Bedrock:
    """The double, and the environment in which a server finds it and no AWS account of the machine."""

    upstream: Upstream
    proxy: Proxy
    env: dict[str, str]

    @property
    def hosts(self) -> list[str]:
        return [one.headers["host"].decode() for one in self.upstream.asked]


@contextmanager
def bedrock(folder: Path) -> Generator[Bedrock]:
    context, trusted = certified(folder, *map(host_of, REGIONS))
    with Upstream(context) as upstream, Proxy(upstream.port) as proxy:
        yield Bedrock(
            upstream,
            proxy,
            {
                "HTTPS_PROXY": proxy.url,
                "NO_PROXY": "127.0.0.1,localhost",
                "CODEX_CA_CERTIFICATE": str(trusted),
                **no_account(folder),
            },
        )


def no_account(folder: Path) -> dict[str, str]:
    """An environment in which AWS's tools find nothing but what the folder holds."""
    return {
        "AWS_CONFIG_FILE": str(folder / "aws-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "aws-credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def host_of(region: str) -> str:
    return f"{SERVICE}.{region}.api.aws"


def table(**aws: str) -> str:
    """The part of a configuration that names the account."""
    lines = [f'{key} = "{value}"' for key, value in aws.items()]
    return "\n".join(["[model_providers.amazon-bedrock.aws]", *lines, ""])


class Signature(NamedTuple):
    """What an `authorization` header says of its signature."""

    key_id: str
    region: str
    signed_headers: tuple[str, ...]


def checked_signature(asked: Asked, secret: str = SECRET) -> Signature:
    """The signature of a request, which has to be right: made anew here, after AWS's description of it."""
    told = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, "
        r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})",
        asked.headers["authorization"].decode(),
    )
    assert told is not None
    key_id, day, region, service, names, signature = told.groups()
    assert service == SERVICE
    values = ((name, " ".join(asked.headers[name].decode().split())) for name in names.split(";"))
    request = "\n".join(
        (
            asked.method,
            quote(asked.place, safe="/-_.~"),
            "",
            *(f"{name}:{value}" for name, value in values),
            "",
            names,
            hashlib.sha256(asked.body).hexdigest(),
        )
    )
    scope = f"{day}/{region}/{service}/aws4_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = "\n".join(("AWS4-HMAC-SHA256", asked.headers["x-amz-date"].decode(), scope, digest))
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    assert hmac.new(key, text.encode(), hashlib.sha256).hexdigest() == signature
    return Signature(key_id, region, tuple(names.split(";")))
