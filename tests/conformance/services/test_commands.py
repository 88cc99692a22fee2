"""`command/exec` and `process/*`: commands of a client's own (services.md §2, §3)."""

import base64

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.processes import assert_gone, running_below
from support.requires import NEEDS_SANDBOX

pytestmark = NEEDS_SANDBOX

FREE: JsonObject = {"type": "dangerFullAccess"}


@pytest.fixture
def client(connect: Connect) -> Client:
    return connect()


def sh(script: str, /, **more: JsonValue) -> JsonObject:
    return {"command": ["/bin/sh", "-c", script], "sandboxPolicy": FREE, **more}


def spawned(script: str, handle: str, /, **more: JsonValue) -> JsonObject:
    return {"command": ["/bin/sh", "-c", script], "processHandle": handle, "cwd": "/", **more}


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def streamed(client: Client, method: str, name: str, stream: str = "stdout") -> bytes:
    """What has come of a stream so far."""
    found = b""
    for message in client.received:
        params = message.get("params")
        if message.get("method") != method or not isinstance(params, dict):
            continue
        if params["stream"] == stream and name in (params.get("processId"), params.get("processHandle")):
            found += base64.b64decode(str(params["deltaBase64"]))
    return found


def test_a_command_answers_with_its_code_and_both_streams(client: Client) -> None:
    assert client.call("command/exec", sh("echo out; echo err >&2; exit 3")) == {
        "exitCode": 3,
        "stdout": "out\n",
        "stderr": "err\n",
    }


def test_a_read_only_command_writes_nothing(client: Client, connect: Connect) -> None:
    file = connect.home / "written"
    answer = client.call("command/exec", sh(f"echo x > {file}", sandboxPolicy={"type": "readOnly"}))
    assert answer["exitCode"] != 0
    assert not file.exists()


def test_the_environment_is_ours_with_the_clients_changes(client: Client) -> None:
    script = 'echo "$A,$HOME,${CODEX_SANDBOX_NETWORK_DISABLED-unset}"'
    changed = sh(script, env={"A": "1", "HOME": None})
    assert client.call("command/exec", changed)["stdout"] == "1,,unset\n"
    confined: JsonObject = {**changed, "sandboxPolicy": {"type": "readOnly"}}
    assert client.call("command/exec", confined)["stdout"] == "1,,1\n"


def test_time_runs_out(client: Client) -> None:
    answer = client.call("command/exec", sh("echo begun; sleep 600", timeoutMs=300))
    assert answer["exitCode"] == 124
    assert client.call("command/exec", sh("sleep 600", timeoutMs=0))["exitCode"] == 124


@pytest.mark.requirement("W9")
def test_bytes_that_are_no_text_become_some(client: Client) -> None:
    assert client.call("command/exec", sh("printf 'a\\377b'"))["stdout"] == "a\ufffdb"


def test_output_ends_at_its_cap(client: Client) -> None:
    assert client.call("command/exec", sh("printf 12345", outputBytesCap=3))["stdout"] == "123"


def test_streams_come_in_pieces_and_the_answer_after_all_of_them(client: Client) -> None:
    request = client.request(
        "command/exec", sh("printf 12345; printf e >&2", processId="p", streamStdoutStderr=True)
    )
    assert client.result(request) == {"exitCode": 0, "stdout": "", "stderr": ""}
    assert streamed(client, "command/exec/outputDelta", "p") == b"12345"
    assert streamed(client, "command/exec/outputDelta", "p", "stderr") == b"e"


@pytest.mark.parametrize(("cap", "passed"), [(0, ""), (5, "12345"), (2, "12")])
def test_the_piece_that_reaches_the_cap_says_so(client: Client, cap: int, passed: str) -> None:
    command = sh("printf 12345", processId="p", streamStdoutStderr=True, outputBytesCap=cap)
    client.call("command/exec", command)
    last = client.wait_for("command/exec/outputDelta", capReached=True)
    assert streamed(client, "command/exec/outputDelta", "p") == passed.encode()
    assert last["stream"] == "stdout"


def test_input_is_taken_until_it_is_closed(client: Client) -> None:
    request = client.request("command/exec", sh("cat", processId="p", streamStdin=True))
    client.call("command/exec/write", {"processId": "p", "deltaBase64": encoded("one ")})
    client.call("command/exec/write", {"processId": "p", "deltaBase64": encoded("two"), "closeStdin": True})
    assert client.result(request)["stdout"] == "one two"


def test_a_terminal_has_a_size_and_can_be_resized(client: Client) -> None:
    script = "stty size; read a; stty size"
    size: JsonObject = {"rows": 30, "cols": 90}
    request = client.request("command/exec", sh(script, processId="p", tty=True, size=size))
    client.wait_for("command/exec/outputDelta", processId="p")
    client.call("command/exec/resize", {"processId": "p", "size": {"rows": 31, "cols": 91}})
    client.call("command/exec/write", {"processId": "p", "deltaBase64": encoded("x\n")})
    assert client.result(request)["exitCode"] == 0
    assert b"31 91\r\n" in streamed(client, "command/exec/outputDelta", "p")


def test_a_terminated_command_answers_and_its_name_is_free_again(client: Client) -> None:
    for _ in range(2):
        request = client.request("command/exec", sh("sleep 600", processId="p", timeoutMs=60_000))
        while True:
            message = client.answer(client.request("command/exec/terminate", {"processId": "p"}))
            if "error" not in message:
                break
        assert client.result(request)["exitCode"] == -1


INVALID = -32602
REFUSED = -32600


@pytest.mark.parametrize(
    ("params", "code", "message"),
    [
        ({"command": []}, REFUSED, "command must not be empty"),
        ({"size": {"rows": 1, "cols": 1}}, INVALID, "command/exec size requires tty: true"),
        (
            {"outputBytesCap": 1, "disableOutputCap": True},
            INVALID,
            "command/exec cannot set both outputBytesCap and disableOutputCap",
        ),
        (
            {"timeoutMs": 1, "disableTimeout": True},
            INVALID,
            "command/exec cannot set both timeoutMs and disableTimeout",
        ),
        ({"timeoutMs": -1}, INVALID, "command/exec timeoutMs must be non-negative, got -1"),
        (
            {"tty": True, "processId": "p", "size": {"rows": 0, "cols": 1}},
            INVALID,
            "command/exec size rows and cols must be greater than 0",
        ),
        ({"tty": True}, REFUSED, "command/exec tty or streaming requires a client-supplied processId"),
        (
            {"permissionProfile": ":read-only"},
            REFUSED,
            "`permissionProfile` cannot be combined with `sandboxPolicy`",
        ),
        (
            {"command": ["/no/such"]},
            -32603,
            "failed to spawn command: No such file or directory (os error 2)",
        ),
        ({"cwd": "/no/such"}, -32603, "failed to spawn command: No such file or directory (os error 2)"),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, params: JsonObject, code: int, message: str) -> None:
    refusal = client.refusal("command/exec", {**sh("true"), **params})
    assert (refusal.code, refusal.message) == (code, message)


def test_calls_for_a_command_that_is_not_there_are_refused(client: Client) -> None:
    nobody = Refusal(REFUSED, 'no active command/exec for process id "nope"')
    write: JsonObject = {"processId": "nope", "deltaBase64": "YQ=="}
    size: JsonObject = {"processId": "nope", "size": {"rows": 1, "cols": 1}}
    assert client.refusal("command/exec/write", write) == nobody
    assert client.refusal("command/exec/terminate", {"processId": "nope"}) == nobody
    assert client.refusal("command/exec/resize", size) == nobody
    empty = client.refusal("command/exec/write", {"processId": "nope"})
    assert empty.message == "command/exec/write requires deltaBase64 or closeStdin"
    garbled = client.refusal("command/exec/write", {"processId": "nope", "deltaBase64": "!"})
    assert garbled.message == "invalid deltaBase64: Invalid symbol 33, offset 0."


def test_calls_that_a_running_command_cannot_take_are_refused(client: Client) -> None:
    running = client.request(
        "command/exec", sh("echo begun; sleep 600", processId='q"', streamStdoutStderr=True)
    )
    client.wait_for("command/exec/outputDelta", processId='q"')
    again = client.refusal("command/exec", sh("true", processId='q"'))
    assert again.message == 'duplicate active command/exec process id: "q\\""'
    write = client.refusal("command/exec/write", {"processId": 'q"', "deltaBase64": "YQ=="})
    assert write.message == "stdin streaming is not enabled for this command/exec"
    resize = client.refusal("command/exec/resize", {"processId": 'q"', "size": {"rows": 1, "cols": 1}})
    assert resize.message == "failed to resize PTY: process is not attached to a PTY"
    client.call("command/exec/terminate", {"processId": 'q"'})
    client.result(running)


def test_a_process_tells_its_end_after_all_its_output(client: Client) -> None:
    assert client.call("process/spawn", spawned("printf out; exit 4", "k", streamStdoutStderr=True)) == {}
    ended = client.wait_for("process/exited", processHandle="k")
    assert ended == {
        "processHandle": "k",
        "exitCode": 4,
        "outputDrainTimedOut": False,
        "stdout": "",
        "stdoutCapReached": False,
        "stderr": "",
        "stderrCapReached": False,
    }
    assert streamed(client, "process/outputDelta", "k") == b"out"


def test_a_process_is_written_to_and_killed(client: Client) -> None:
    client.call("process/spawn", spawned("cat", "k", tty=True, timeoutMs=None, outputBytesCap=None))
    client.call("process/writeStdin", {"processHandle": "k", "deltaBase64": encoded("hi\n")})
    client.wait_for("process/outputDelta", processHandle="k")
    client.call("process/resizePty", {"processHandle": "k", "size": {"rows": 9, "cols": 9}})
    client.call("process/kill", {"processHandle": "k"})
    assert client.wait_for("process/exited", processHandle="k")["exitCode"] == 1


@pytest.mark.parametrize(
    ("params", "code", "message"),
    [
        ({"command": []}, REFUSED, "command must not be empty"),
        ({"processHandle": ""}, REFUSED, "processHandle must not be empty"),
        ({"size": {"rows": 1, "cols": 1}}, INVALID, "process/spawn size requires tty: true"),
        (
            {"size": {"rows": 1, "cols": 0}, "tty": True},
            INVALID,
            "process size rows and cols must be greater than 0",
        ),
        ({"timeoutMs": -5}, INVALID, "process/spawn timeoutMs must be non-negative, got -5"),
        (
            {"command": ["/no/such"]},
            -32603,
            "failed to spawn process: No such file or directory (os error 2)",
        ),
    ],
)
def test_a_process_that_makes_no_sense_is_refused(
    client: Client, params: JsonObject, code: int, message: str
) -> None:
    refusal = client.refusal("process/spawn", {**spawned("true", "k"), **params})
    assert (refusal.code, refusal.message) == (code, message)


@pytest.mark.requirement("P2")
@pytest.mark.parametrize("way", ["end of input", "SIGTERM"])
def test_the_end_of_its_connection_ends_what_a_client_runs(client: Client, way: str) -> None:
    client.call("process/spawn", spawned("sleep 600 & sleep 600", "k", timeoutMs=None))
    confined: JsonObject = {**sh("sleep 600", timeoutMs=60_000), "sandboxPolicy": {"type": "readOnly"}}
    client.request("command/exec", {**confined, "processId": "c"})
    below = running_below(client, 3)

    if way == "SIGTERM":
        client.process.terminate()
    else:
        client.end_input()

    client.wait_exit()
    assert_gone(below)
