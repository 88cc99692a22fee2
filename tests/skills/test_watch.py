"""`skills/changed` in time: told at once, and then not again for a while."""

from pathlib import Path

import anyio
from support.machine import Machine
from support.skills import WITHOUT_BUNDLED, SkillShelf

from app_server.skills.library import SkillLibrary
from app_server.skills.watch import watch_skills


class Told:
    """Counts what was told, and lets a test wait for it."""

    def __init__(self) -> None:
        self.count = 0
        self._told = anyio.Event()

    def __call__(self) -> None:
        self.count += 1
        self._told.set()

    async def wait(self) -> None:
        with anyio.fail_after(10):
            await self._told.wait()
        self._told = anyio.Event()


async def test_a_change_is_told_and_the_next_one_too(
    machine: Machine, library: SkillLibrary, shelf: SkillShelf
) -> None:
    library.catalogue(machine.load(WITHOUT_BUNDLED))
    told = Told()
    async with anyio.create_task_group() as tasks:

        async def watch() -> None:
            await watch_skills(library, lambda: True, told, every=0.01, quiet=0.01)

        tasks.start_soon(watch)

        shelf.put("one")
        await told.wait()
        Path(shelf.put("one")).unlink()
        await told.wait()

        tasks.cancel_scope.cancel()

    assert told.count >= 2


async def test_nobody_is_told_while_nobody_wants_to_know(
    machine: Machine, library: SkillLibrary, shelf: SkillShelf
) -> None:
    library.catalogue(machine.load(WITHOUT_BUNDLED))
    asked = anyio.Event()

    def not_wanted() -> bool:
        asked.set()
        return False

    told = Told()
    shelf.put("one")
    async with anyio.create_task_group() as tasks:

        async def watch() -> None:
            await watch_skills(library, not_wanted, told, every=0.01)

        tasks.start_soon(watch)
        with anyio.fail_after(10):
            await asked.wait()
        tasks.cancel_scope.cancel()

    assert told.count == 0
    assert library.take_change(), "it is still to be told"
