"""The main job as `scripts/run.py` does it for a newcomer: real processes and pipes, the offline provider."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.client import JsonObject

ROOT = Path(__file__).resolve().parent.parent.parent
_WITHOUT_INSTALLING = (
    "import sys; sys.path.insert(0, 'scripts'); import run; sys.exit(run.show_main_job(as_json=True))"
)


@pytest.fixture(scope="module")
def report() -> JsonObject:
    command = [sys.executable, "-c", _WITHOUT_INSTALLING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_step_of_the_main_job_is_seen(report: JsonObject) -> None:
    assert (report["ok"], report["missing"], report["troubles"]) == (True, [], [])


@pytest.mark.requirement("A4")
def test_the_upstream_sees_the_exact_envelope_of_the_clients_token(report: JsonObject) -> None:
    attestation = report["attestation"]
    assert isinstance(attestation, dict)

    token = attestation["token"]

    assert attestation["header"] == f'{{"v":1,"s":0,"t":"{token}"}}'


def test_the_prompt_shows_the_question_last(report: JsonObject) -> None:
    prompt = report["promptInput"]
    assert isinstance(prompt, list)

    assert prompt[-1] == {
        "type": "message",
        "role": "user",
        "content": [{"type": "input_text", "text": "Say hello, and tell what you can see of this folder."}],
    }


def test_an_answer_follows_the_question(report: JsonObject) -> None:
    items = report["items"]
    assert isinstance(items, list)

    kinds = [item["type"] for item in items if isinstance(item, dict)]

    assert (kinds[0], kinds[-1]) == ("userMessage", "agentMessage")


def test_a_terminal_without_unicode_gets_the_whole_job_too() -> None:
    command = [sys.executable, "-c", _WITHOUT_INSTALLING.replace("as_json=True", "as_json=False")]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "60"}

    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=50, check=False
    )

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all steps were seen"), done.stderr
