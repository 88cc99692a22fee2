"""Sessions by chance, the same in every run: any settings, turns taken back, threads taken up and forked."""

import random
from collections.abc import Callable

from pydantic import JsonValue
from request_peers.sessions import Session
from request_peers.stage import Stage, compact
from support.client import Client, JsonObject
from support.conversation import id_of, start_thread

MODELS = ("gpt-5.5", "gpt-5.4", "gpt-5.2", "who-knows", "gpt-5.4-2026-01-01")
FOLDERS = ("a", "b", "a/deep", "missing", "link")
TEXTS = ("hello", "", "a\r\nb", "use $alpha and $dup", "[$x](skill://{home}/skills/alpha/SKILL.md)", "$HOME")
WORDS = ("COLLAB one", "COLLAB two", "", "  ")


class Chance:
    """Makes what clients may ask for; owns the dice of one session."""

    def __init__(self, seed: int, home: str) -> None:
        self.dice = random.Random(seed)
        self._home = home

    def one(self, *of: JsonValue) -> JsonValue:
        return self.dice.choice(of)

    def folder(self) -> str:
        return f"{self._home}/{self.dice.choice(FOLDERS)}"

    def policy(self) -> JsonValue:
        granular: JsonObject = {
            name: self.one(True, False) for name in ("sandbox_approval", "rules", "mcp_elicitations")
        }
        return self.one("untrusted", "on-failure", "on-request", "never", {"granular": granular})

    def sandbox(self) -> JsonValue:
        network = self.one(True, False)
        return self.one(
            {"type": "dangerFullAccess"},
            {"type": "readOnly", "networkAccess": network},
            {"type": "externalSandbox", "networkAccess": "enabled"},
            {"type": "workspaceWrite", "networkAccess": network, "excludeSlashTmp": self.one(True, False)},
            {"type": "workspaceWrite", "writableRoots": ["/opt", self.folder()]},
        )

    def mode(self) -> JsonValue:
        settings: JsonObject = {
            "model": self.one(*MODELS),
            "reasoning_effort": self.one(None, "low", "high"),
            "developer_instructions": self.one(*WORDS),
        }
        return {"mode": self.one("plan", "default"), "settings": settings}

    def environments(self) -> JsonValue:
        return self.one([], [{"environmentId": "local", "cwd": self.folder()}])

    def some(self, most: int, **makers: Callable[[], JsonValue]) -> JsonObject:
        names = self.dice.sample(sorted(makers), self.dice.randrange(most + 1))
        return {name: makers[name]() for name in names}

    def turn(self) -> JsonObject:
        found = self.some(
            3,
            cwd=self.folder,
            approvalPolicy=self.policy,
            approvalsReviewer=lambda: self.one("user", "auto_review"),
            sandboxPolicy=self.sandbox,
            permissions=lambda: self.one(":workspace", ":read-only"),
            model=lambda: self.one(*MODELS),
            effort=lambda: self.one("low", "medium", "high"),
            personality=lambda: self.one("none", "friendly", "pragmatic"),
            collaborationMode=self.mode,
            environments=self.environments,
        )
        if "sandboxPolicy" in found:
            found.pop("permissions", None)
        return found

    def thread(self) -> JsonObject:
        return self.some(
            5,
            model=lambda: self.one(*MODELS),
            approvalPolicy=self.policy,
            sandbox=lambda: self.one("read-only", "workspace-write", "danger-full-access"),
            personality=lambda: self.one("none", "friendly"),
            developerInstructions=lambda: self.one("Mine.", ""),
            baseInstructions=lambda: self.one("Base.", ""),
        )


def _prepare(stage: Stage) -> Client:
    for folder in ("a/deep", "b"):
        (stage.home / folder).mkdir(parents=True)
    (stage.home / "link").symlink_to(stage.home / "b")
    (stage.home / "a" / ".git").mkdir()
    (stage.home / "a" / "AGENTS.md").write_text("In a.\r\n")
    for place, name in (("alpha", "alpha"), ("one", "dup"), ("two", "dup")):
        folder = stage.home / "skills" / place
        folder.mkdir(parents=True)
        (folder / "SKILL.md").write_text(f"---\nname: {name}\ndescription: d\n---\n")
    return stage.client(login="none", extra="skills.bundled.enabled = false")


def _play(stage: Stage, seed: int) -> None:
    client = _prepare(stage)
    chance = Chance(seed, str(stage.home))
    thread_id = start_thread(client, cwd=chance.folder(), **chance.thread())
    _say(stage, client, thread_id, chance)
    compacted = False  # beyond a compaction the reference takes back more than it was asked to
    for _ in range(8):
        match chance.dice.randrange(10):
            case 0:
                client = stage.again()
                client.call("thread/resume", {"threadId": thread_id, "cwd": chance.folder()})
            case 1:
                params: JsonObject = {"threadId": thread_id, "cwd": chance.folder(), **chance.thread()}
                params.pop("personality", None)
                thread_id = id_of(client.call("thread/fork", params)["thread"])
            case 2 if not compacted:
                count = chance.dice.choice((1, 2))
                client.call("thread/rollback", {"threadId": thread_id, "numTurns": count})
            case 3:
                compacted = True
                compact(client, thread_id)
            case _:
                pass
        _say(stage, client, thread_id, chance)


def _say(stage: Stage, client: Client, thread_id: str, chance: Chance) -> None:
    text = chance.dice.choice(TEXTS).format(home=stage.home)
    said: JsonValue = [{"type": "text", "text": text}]
    since = client.mark()
    client.call("turn/start", {"threadId": thread_id, "input": said, **chance.turn()})
    client.wait_for("turn/completed", since)


def _session(seed: int) -> Session:
    def play(stage: Stage) -> None:
        _play(stage, seed)

    play.__name__ = f"by_chance_{seed}"
    return Session(play)


BY_CHANCE = tuple(map(_session, range(8)))
