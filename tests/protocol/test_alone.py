"""The wire's types are a package of their own: a client needs pydantic and orjson beside them."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from protocol.methods import CLIENT_REQUESTS

PYDANTIC = ("annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection")
USE = """
import sys
sys.path.append(sys.argv[1])
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS
for row in (*CLIENT_REQUESTS.values(), *SERVER_REQUESTS.values()):
    row.params_type(), row.result_type()
for row in SERVER_NOTIFICATIONS.values():
    row.params_type()
import orjson
from protocol.initialize import InitializeParams
params = InitializeParams.model_validate({"clientInfo": {"name": "c", "version": "1"}})
print(orjson.dumps([len(CLIENT_REQUESTS), params.client_info.name]).decode())
"""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder that has just these two libraries, and us."""
    for name in (*PYDANTIC, "orjson", "protocol"):
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.origin is not None
        origin = Path(found.origin)
        origin = origin.parent if origin.name == "__init__.py" else origin
        (tmp_path / origin.name).symlink_to(origin, target_is_directory=origin.is_dir())
    return tmp_path


def test_the_wire_needs_nothing_but_pydantic_and_orjson(bare: Path) -> None:
    command = [sys.executable, "-I", "-S", "-c", USE, str(bare)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert json.loads(done.stdout) == [len(CLIENT_REQUESTS), "c"]
