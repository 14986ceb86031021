"""Platforms side by side: whatever happens to one is no concern of the others."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from bot.app import supervisor as module
from bot.app.supervisor import PlatformSupervisor
from bot.commands.router import CommandRouter
from bot.platforms import CredentialsRefusedError, Health
from bot.web.health import PlatformState
from tests.commands.transcripts import numbered_calendar
from tests.examples import BEFORE_THREE, EXAMPLE


class Fake:
    """A platform whose life is the list of what its runs do; the last goes on until it is closed."""

    def __init__(self, name: str, *runs: Callable[[], Awaitable[None]], stubborn: bool = False) -> None:
        self.name = name
        self.health = Health(False, "not connected yet")
        self.clock_skew: float | None = None
        self.started = 0
        self.closed = asyncio.Event()
        self._runs = runs
        self._stubborn = stubborn

    async def run(self, router: CommandRouter) -> None:
        self.started += 1
        if self.started <= len(self._runs):
            await self._runs[self.started - 1]()
            return
        self.health = Health(True)
        await self.closed.wait()
        self.health = Health(False, "closed")

    async def close(self) -> None:
        if self._stubborn:
            await asyncio.Event().wait()
        self.closed.set()


async def refuses() -> None:
    raise CredentialsRefusedError("no such token; check FAKE_TOKEN")


async def breaks() -> None:
    raise ZeroDivisionError


async def ends() -> None:
    return


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(module, "_LAST_WORDS", 0.1)


NOBODY_ASKS = CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, numbered_calendar)


class Bot:
    """Platforms being served."""

    def __init__(self, *platforms: Fake) -> None:
        self.refusals: list[tuple[str, str]] = []
        self.serving = PlatformSupervisor(platforms, NOBODY_ASKS, lambda *refusal: self.refusals.append(refusal))
        self.task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        async with self.serving.serving():
            await self.serving.stopped()

    async def stopped(self) -> None:
        self.serving.stop()
        await asyncio.wait_for(self.task, 5)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.005)


async def test_stopping_closes_every_platform() -> None:
    one, other = Fake("one"), Fake("other")
    bot = Bot(one, other)
    await until(lambda: one.health.connected and other.health.connected)
    assert bot.serving.states == {"one": PlatformState(connected=True), "other": PlatformState(connected=True)}
    await bot.stopped()
    assert one.closed.is_set()
    assert other.closed.is_set()
    assert not bot.serving.any_refused


async def test_a_refused_platform_is_reported_once_and_the_other_goes_on() -> None:
    one, other = Fake("one", refuses), Fake("other")
    bot = Bot(one, other)
    await until(lambda: bot.refusals and other.health.connected)
    assert bot.refusals == [("one", "no such token; check FAKE_TOKEN")]
    assert bot.serving.states == {
        "one": PlatformState(connected=False, detail="credentials refused"),
        "other": PlatformState(connected=True),
    }
    assert not bot.task.done()
    await bot.stopped()
    assert bot.serving.any_refused
    assert one.started == 1


async def test_when_all_are_refused_serving_ends_by_itself() -> None:
    bot = Bot(Fake("one", refuses), Fake("other", refuses))
    await asyncio.wait_for(bot.task, 5)
    assert sorted(name for name, _ in bot.refusals) == ["one", "other"]


@pytest.mark.parametrize("defect", [breaks, ends])
async def test_a_platform_with_a_defect_is_run_again(defect: Callable[[], Awaitable[None]]) -> None:
    one, other = Fake("one", defect, defect), Fake("other")
    bot = Bot(one, other)
    await until(lambda: one.health.connected and other.health.connected)
    assert (one.started, other.started) == (3, 1)
    await bot.stopped()


async def test_a_platform_refused_after_a_while_is_reported_too() -> None:
    one = Fake("one", breaks, refuses)
    bot = Bot(one)
    await asyncio.wait_for(bot.task, 5)
    assert bot.refusals
    assert bot.serving.any_refused


async def test_a_platform_that_does_not_end_is_cut_off() -> None:
    stubborn, other = Fake("stubborn", stubborn=True), Fake("other")
    bot = Bot(stubborn, other)
    await until(lambda: stubborn.health.connected and other.health.connected)
    await bot.stopped()
    assert other.closed.is_set()


async def test_stopping_does_not_wait_for_a_pause_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 60.0)
    one = Fake("one", breaks)
    bot = Bot(one)
    await until(lambda: one.started and not bot.serving.states["one"].connected)
    await bot.stopped()
    with suppress(asyncio.CancelledError):
        await bot.task
