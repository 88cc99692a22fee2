"""Ten thousand seeded commands through the judge; none of them is run (tools.md §6.3)."""

import random
import shlex

from app_server.config.permissions import SandboxPolicy
from app_server.config.rules import CommandRules
from app_server.tools.approvals.decision import Ask, Proposal, Refuse, decide
from app_server.tools.approvals.safety import known_safe
from app_server.tools.approvals.script import commands_of, plain_commands

SEED = 20_131
EACH = 5_000
SAFE = ("ls", "cat", "pwd", "wc", "true", "/usr/bin/head", "git status", "sed -n 1,5p", "find . -name x")
ACTING = ("touch", "make", "./ls", "git push", "find . -delete", "sed -i s/a/b/", "base64 -o x")
REMOVING = ("rm -rf x", "rm -f x", "sudo rm -rf x")
WORDS = ("a", "b.txt", "-x", "'a b'", '"c d"', "12", "x'y'z")
JOINTS = (" && ", " || ", "; ", " | ", "\n")
COMPUTED = (
    *("$X", "$(touch y)", "`touch y`", "> y", ">> y", "< y", "&", "{a,b}", "$((1))", "<(touch y)", "'", '"'),
    *("(ls)", "{ ls; }", "\\", "&& &&", "if ls", "# x", "<<< y", "|& cat", "$'a'", "2>&1"),
)
NOISE = "ab ls rm-rf\t\n\"'\\$`|&;<>(){}[]#*~!=?é\0\U0001f600"

WORKSPACE = SandboxPolicy("workspace-write")


def judged(script: str) -> object:
    argv = ("/bin/bash", "-lc", script)
    return decide(Proposal(argv), "untrusted", WORKSPACE, CommandRules())


def allowed(script: str) -> bool:
    return not isinstance(judged(script), Ask | Refuse)


def test_joined_commands_are_judged_as_each_of_them_is() -> None:
    chance = random.Random(SEED)
    counted = {True: 0, False: 0}
    for _ in range(EACH):
        programs = chance.choices(SAFE * 3 + ACTING + REMOVING, k=chance.randint(1, 4))
        # words of their own only where they cannot change what the program does
        parts = [
            " ".join((program, *chance.choices(WORDS, k=chance.randint(0, 3))))
            if " " not in program
            else program
            for program in programs
        ]
        script = parts[0] + "".join(chance.choice(JOINTS) + part for part in parts[1:])

        found = plain_commands(script)

        assert found == tuple(tuple(shlex.split(part)) for part in parts), script
        only_looks = all(program in SAFE for program in programs)
        assert all(map(known_safe, found or ())) is only_looks, script
        assert allowed(script) is only_looks, script
        counted[only_looks] += 1
    assert min(counted.values()) > EACH // 10  # both kinds were there


def test_what_does_not_come_apart_is_never_known_safe() -> None:
    chance = random.Random(SEED + 1)
    opaque = 0
    for number in range(EACH):
        if number % 2:
            pieces = [*chance.choices(SAFE, k=2), chance.choice(COMPUTED)]
            chance.shuffle(pieces)
            script = chance.choice((" ", *JOINTS)).join(pieces)
        else:
            script = "".join(chance.choices(NOISE, k=chance.randint(0, 40)))

        found = plain_commands(script)
        parts = commands_of(("/bin/bash", "-lc", script)).parts

        assert parts, script
        if found is None:
            opaque += 1
            assert not allowed(script), script
        else:
            assert allowed(script) is all(known_safe(words) for words in found), script
    assert opaque > EACH // 2
