"""A small server that writes down what it was asked, an account with apps."""

from pathlib import Path

import pytest
from support.apps import Account
from support.client import Client
from support.connect import Connect
from support.mcp_conversation import connect_with_small_server
from support.upstream import Upstream


@pytest.fixture
def log(peer_home: Path) -> Path:
    return peer_home / "mcp.log"


@pytest.fixture
def client(connect: Connect, upstream: Upstream, log: Path) -> Client:
    """Its server knows the small one."""
    return connect_with_small_server(connect, upstream, log)


@pytest.fixture
def account(connect: Connect, upstream: Upstream) -> Account:
    return Account(upstream, connect.home)
