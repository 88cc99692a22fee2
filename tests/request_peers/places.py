"""Sessions about folders: where turns run, and what may be written in them (prompt-input.md §2.3, §2.4)."""

from pydantic import JsonValue
from request_peers.sessions import Session
from request_peers.stage import Stage, calling, compact, saying
from support import sse
from support.client import Client, JsonObject
from support.conversation import run_turn, start_thread, user_input

PROFILES = """
permissions.one.filesystem = {{ ":root" = "read", "{b}" = "write", "{a}/docs" = "none", ":tmpdir" = "write" }}
permissions.two.filesystem = {{ ":root" = "read", ":workspace_roots" = {{ "." = "write", "docs" = "read" }} }}
permissions.two.network.enabled = true
permissions.three.filesystem = {{ ":root" = "write", "{b}" = "read" }}
permissions.four.filesystem = {{ ":root" = "write" }}
permissions.five.filesystem = {{ ":project_roots" = "write" }}
"""
FREE = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"'


def _client(stage: Stage, extra: str = "") -> tuple[Client, str, str]:
    a, b = stage.home / "a", stage.home / "b"
    for folder in (a, b, a / "docs"):
        folder.mkdir()
    return stage.client(extra=extra.format(a=a, b=b)), str(a), str(b)


def _here(cwd: str) -> list[JsonValue]:
    return [{"environmentId": "local", "cwd": cwd}]


def _turns(client: Client, thread_id: str, changes: list[JsonObject], text: str = "hello") -> None:
    for changed in changes:
        since = client.mark()
        client.call("turn/start", {"threadId": thread_id, "input": user_input(text), **changed})
        client.wait_for("turn/completed", since)


def profiles(stage: Stage) -> None:
    """Profiles of the user's own, and the built-in ones, turn by turn, in two folders, and after a resume."""
    client, a, b = _client(stage, f'default_permissions = "one"\n{PROFILES}')
    thread_id = start_thread(client, cwd=a)
    run_turn(client, thread_id)
    for name in ("two", "three", "one", "four", "five", ":workspace", ":read-only", "two", "two"):
        run_turn(client, thread_id, permissions=name)
    run_turn(client, thread_id, cwd=b)
    client = stage.again()
    client.call("thread/resume", {"threadId": thread_id})
    run_turn(client, thread_id)
    client.call("thread/resume", {"threadId": thread_id, "permissions": "two"})
    run_turn(client, thread_id)


def workspaces(stage: Stage) -> None:
    """Folders that a client names as the workspace, in place of the cwd."""
    client, a, b = _client(stage, f'default_permissions = ":read-only"\n{PROFILES}')
    thread_id = start_thread(client, cwd=a, permissions=":workspace", runtimeWorkspaceRoots=[b])
    changes: list[JsonObject] = [
        {},
        {"runtimeWorkspaceRoots": ["/opt"]},
        {"permissions": ":workspace"},
        {"permissions": ":workspace", "runtimeWorkspaceRoots": [a, "/usr"]},
        {"cwd": b},
        {"runtimeWorkspaceRoots": []},
    ]
    _turns(client, thread_id, changes)
    thread_id = start_thread(client, cwd=a, sandbox="workspace-write", runtimeWorkspaceRoots=[b])
    _turns(client, thread_id, [{}, {"runtimeWorkspaceRoots": [a]}])
    thread_id = start_thread(client, cwd=a, permissions="one")
    _turns(client, thread_id, [{"runtimeWorkspaceRoots": ["/opt"]}, {"permissions": "two"}])


def places(stage: Stage) -> None:
    """A turn with a place of its own, with none, and with the thread's; a command in each."""
    client, a, b = _client(stage, FREE)
    where: JsonObject = {"cmd": 'basename "$PWD"'}
    threads: list[JsonValue] = [None, [], _here(b)]
    for its_own in threads:
        thread_id = start_thread(client, cwd=a, environments=its_own)
        for environments in (_here(b), None, [], None, _here(a)):
            stage.upstream.script(calling(sse.call("exec_command", where)), saying())
            run_turn(client, thread_id, environments=environments)


def places_with_a_sandbox(stage: Stage) -> None:
    client, a, b = _client(stage)
    thread_id = start_thread(client, cwd=a, sandbox="workspace-write")
    changes: list[JsonObject] = [
        {"environments": _here(b)},
        {},
        {"environments": _here(b), "cwd": b},
        {"environments": []},
    ]
    _turns(client, thread_id, changes)


def what_is_in_sight(stage: Stage) -> None:
    """Documents and skills of a project: of the thread's folder, of the turn's, and where there is none."""
    client, a, b = _client(stage)
    (stage.home / "a" / ".git").mkdir()
    (stage.home / "AGENTS.md").write_text("Everywhere.")
    for folder in ("a", "b"):
        (stage.home / folder / "AGENTS.md").write_text(f"In {folder}.")
        for root in (".agents", ".codex"):
            place = stage.home / folder / root / "skills" / f"{folder}-{root[1:]}"
            place.mkdir(parents=True)
            (place / "SKILL.md").write_text("---\ndescription: d\n---\n")
    text = "$a-agents $a-codex $b-agents $b-codex"
    threads: list[JsonValue] = [None, []]
    for its_own in threads:
        firsts: list[JsonObject] = [{}, {"environments": []}, {"environments": _here(b)}, {"cwd": b}]
        for first in firsts:
            thread_id = start_thread(client, cwd=a, environments=its_own)
            _turns(client, thread_id, [first, {"environments": _here(a)}], text)
            compact(client, thread_id)
            _turns(client, thread_id, [{}], text)


def refused_places(stage: Stage) -> None:
    """Only the turn that is not refused is seen upstream."""
    client, a, _ = _client(stage)
    thread_id = start_thread(client)
    far: list[JsonValue] = [{"environmentId": "far", "cwd": a}]
    for environments in (_here(a) * 2, far):
        params: JsonObject = {"threadId": thread_id, "input": user_input("no"), "environments": environments}
        client.refusal("turn/start", params)
    run_turn(client, thread_id, environments=_here(a))


def relative_folders(stage: Stage) -> None:
    """They count from where the server runs."""
    client, a, _ = _client(stage)
    thread_id = start_thread(client, cwd=a)
    for cwd in ("docs", "..", f"{a}/../b", ".", "a/./docs/"):
        run_turn(client, thread_id, cwd=cwd)


PLACES = (
    Session(profiles),
    Session(workspaces),
    Session(places),
    Session(places_with_a_sandbox),
    Session(what_is_in_sight),
    Session(refused_places),
    Session(relative_folders),
)
