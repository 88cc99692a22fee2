"""A client whose server has one small MCP server, which writes down what it was asked."""

from pathlib import Path

import pytest
from support.client import Client
from support.connect import Connect
from support.mcp_conversation import connect_with_small_server
from support.upstream import Upstream


@pytest.fixture
def log(peer_home: Path) -> Path:
    return peer_home / "mcp.log"


@pytest.fixture
def client(connect: Connect, upstream: Upstream, log: Path) -> Client:
    return connect_with_small_server(connect, upstream, log)
