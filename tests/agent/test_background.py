"""Work beside the turns: its mistakes are logged, and end nothing else."""

import anyio
import pytest

from app_server.agent import readiness
from app_server.agent.background import carefully
from app_server.agent.loaded_threads import LoadedThreads


async def test_an_error_that_nobody_foresaw_is_logged_and_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    async def fail(why: str) -> None:
        raise ValueError(why)

    async def go_on() -> None:
        await anyio.wait_all_tasks_blocked()
        done.append("went on")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(go_on)
        tasks.start_soon(carefully(fail), "nobody foresaw it")

    assert done == ["went on"]
    assert "nobody foresaw it" in caplog.text


async def test_a_module_that_is_not_installed_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(readiness, "_MODULES", ("no_such_module",))
    loaded = LoadedThreads(has_subscribers=lambda _: True, on_unloaded=lambda _: None)
    loaded.first_came.set()

    await readiness.get_ready(loaded, pause=0)

    assert "no_such_module cannot be loaded" in caplog.text
