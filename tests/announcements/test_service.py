"""The announcements as a service: what is due goes out, it knows when to be asked next, and how it is doing."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.announcements.service import STUCK
from bot.domain.errors import LedgerUnavailableError
from bot.storage import engine, store
from tests.announcements.recording import Recording, Strict, Written
from tests.schedule.editing_room import CHANNEL, FILE, NOW, editing_room


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The schedule's file."""
    file = tmp_path / "lectures.yaml"
    file.write_text(FILE, encoding="utf-8")
    return file


async def test_what_is_due_goes_out_and_the_next_moment_is_known(path: Path) -> None:
    async with editing_room(path) as room:
        announcements = room.services.announcements
        assert (announcements.trouble, announcements.seconds_since_run) == ("", None)
        assert await announcements.run_due() > 0
        await room.dispatcher.idle()
        assert (announcements.trouble, announcements.seconds_since_run is None) == ("", False)
        before = len(room.posts)
        room.clock.move_to(NOW + timedelta(days=2, hours=21))
        await announcements.run_due()
        await room.dispatcher.idle()
        assert len(room.posts) > before


async def test_nothing_is_said_before_a_version_of_the_schedule_is_accepted(tmp_path: Path, path: Path) -> None:
    from bot.app.services import Platforms, build_services
    from bot.clock import SimulatedClock
    from bot.schedule.service import Schedule

    written: list[Written] = []
    schedule, clock = Schedule(path), SimulatedClock(NOW, speed=0.0)
    kept = store(tmp_path / "lecturebot.db", schedule.series.timezone, elapsed=lambda: clock.now().timestamp())
    platforms = Platforms(posters={"discord": Recording("discord", written)})
    services = await build_services(schedule, clock, kept, platforms, journal=Strict())
    with pytest.raises(LedgerUnavailableError):
        await services.announcements.run_due()
    assert services.announcements.trouble == "no version of the schedule is accepted yet"
    await kept.open()
    try:
        await kept.followers.follow(CHANNEL, "test", NOW)
        with pytest.raises(LedgerUnavailableError):
            await services.announcements.run_due()
        await services.versions.take_in()
        await services.announcements.run_due()
        await services.dispatcher.idle()
        assert not services.announcements.trouble
    finally:
        await services.announcements.close()
        await kept.close()


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _deleted(file: Path) -> Iterator[None]:
    kept = file.rename(file.with_suffix(".away"))
    yield
    kept.rename(file)


@contextmanager
def _replaced(file: Path) -> Iterator[None]:
    kept = file.rename(file.with_suffix(".away"))
    file.touch()
    yield
    kept.replace(file)


@pytest.mark.parametrize(
    ("befalls", "reason"),
    [
        (_locked, "database is locked (SQLITE_BUSY)"),
        (_deleted, "was deleted while the bot was running; restart it"),
        (_replaced, "was replaced while the bot was running; restart it"),
    ],
)
async def test_a_database_that_takes_nothing_is_trouble_though_nothing_is_due(
    befalls: Callable[[Path], AbstractContextManager[None]], reason: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 50)
    async with editing_room(path, database=path.parent / "lecturebot.db") as room:
        announcements, followers = room.services.announcements, room.services.store.followers
        await announcements.run_due()
        with befalls(path.parent / "lecturebot.db"):
            with pytest.raises(LedgerUnavailableError):
                await announcements.try_database()
            assert announcements.trouble.endswith(reason)
            with pytest.raises(LedgerUnavailableError):
                await followers.follow(CHANNEL, "test", NOW)
        await announcements.try_database()
        assert not announcements.trouble


async def test_a_run_that_is_long_ago_is_trouble(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with editing_room(path) as room:
        announcements = room.services.announcements
        await announcements.run_due()
        ran_at = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: ran_at + STUCK + 2)
        assert announcements.trouble == "nothing was looked after for 42 s"
        await announcements.run_due()
        assert not announcements.trouble
