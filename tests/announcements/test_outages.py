"""What is said, in which words, and what is not and why, when the bot was down, asleep, or told a wrong time."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.announcements.post import ReminderSubject
from bot.app.simulation import AnnouncerAction, Simulation
from bot.clock import SimulatedClock
from bot.domain.series import Series
from tests.announcements.dispatching import simulated_announcer
from tests.examples import OPEN, at, both, series_of

LECTURE = replace(OPEN, title=both("銀河", "Galaxies"), speakers=())
THURSDAY = series_of(LECTURE)
"""One lecture on Thursday 18 April at 13:00; registration closes on Wednesday at noon."""
MONDAY = series_of(replace(LECTURE, day=date(2030, 4, 22), starts=at("2030-04-22T13:00"), ends=at("2030-04-22T17:00")))
"""One lecture on Monday 22 April at 13:00; registration closes on Sunday at noon."""

PLACE = "銀河大学 西館 201教室"
JOINING = f"{PLACE}／オンライン（接続先は登録アドレス宛のメール）"
WEEK_BEFORE = f"11 09:00 post: 来週 4/18(木) 13:00〜 第3回「銀河」、{PLACE}。参加登録は 4/17(水) 正午まで。"
CLOSING_SOON = "16 12:00 post: 参加登録は 4/17(水) 正午まで：第3回「銀河」（4/18(木) 13:00〜）"
TODAY = "参加登録は本日 正午まで：第3回「銀河」（4/18(木) 13:00〜）"

CLOSING_TODAY = f"17 09:00 post: {TODAY}"
MORNING = f"18 08:00 post: 本日 13:00 開始：第3回「銀河」、{JOINING}"
STARTING = f"18 12:30 post: まもなく 13:00 開始：第3回「銀河」、{JOINING}"


@dataclass
class Machine:
    """A machine on which the bot runs, and everything that it has done."""

    series: Series
    simulated: Simulation

    async def runs(self, until: str) -> list[str]:
        """What is done until then."""
        return [_line(each) for each in await self.simulated.advance(at(until))]

    async def is_off(self, until: str) -> list[str]:
        """What is done when the bot is started then, after it was not there."""
        self.simulated.clock.move_to(at(until))
        await self.simulated.dispatcher.accept(self.series)
        return await self.runs(until)

    async def is_told(self, time: str) -> list[str]:
        """What is done at once when the clock is suddenly at that time: it was set, or the machine slept."""
        self.simulated.clock.move_to(at(time))
        return await self.runs(time)


Started = Callable[[Series], AbstractAsyncContextManager[Machine]]


@pytest.fixture
def started() -> Started:
    """Starts the bot on Wednesday 10 April, before anything is due."""

    @asynccontextmanager
    async def machine(series: Series) -> AsyncIterator[Machine]:
        async with simulated_announcer(series, SimulatedClock(at("2030-04-10T12:00"), 0)) as simulated:
            yield Machine(series, simulated)

    return machine


def _line(each: AnnouncerAction) -> str:
    """A line of the journal: `17 09:00 post: …`."""
    assert isinstance(each.subject, ReminderSubject)
    said = each.message.headline if each.message else f"{each.subject.stage} {each.reason}"
    return f"{each.at:%d %H:%M} {each.action}: {said}"


def closed(when: str, *, closing_today: bool) -> list[str]:
    """The edits of what was said of registration, once it is over."""
    edits = [
        f"{when} edit: 第3回「銀河」（4/18(木) 13:00〜）の参加登録は締め切りました。",
        f"{when} edit: 第3回「銀河」の参加登録は締め切りました。",
    ]
    return [*edits, edits[-1]] if closing_today else edits


async def test_a_week_without_trouble(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.runs(until="2030-04-18T18:00") == [
            WEEK_BEFORE,
            CLOSING_SOON,
            CLOSING_TODAY,
            *closed("17 12:00", closing_today=True),
            MORNING,
            STARTING,
        ]


async def test_started_again_a_minute_before_the_deadline_it_says_nothing_that_cannot_be_followed_any_more(
    started: Started,
) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.runs(until="2030-04-17T08:00") == [WEEK_BEFORE, CLOSING_SOON]
        assert await machine.is_off(until="2030-04-17T11:59") == ["17 11:59 skip: closing_today stale"]
        assert await machine.runs(until="2030-04-17T12:01") == closed("17 12:00", closing_today=False)
        assert await machine.runs(until="2030-04-18T18:00") == [MORNING, STARTING]


async def test_started_again_a_minute_after_the_deadline_it_corrects_what_it_said(started: Started) -> None:
    async with started(THURSDAY) as machine:
        await machine.runs(until="2030-04-17T08:00")
        assert await machine.is_off(until="2030-04-17T12:01") == [
            "17 12:01 skip: closing_today stale",
            *closed("17 12:01", closing_today=False),
        ]
        assert await machine.runs(until="2030-04-18T18:00") == [MORNING, STARTING]


async def test_started_again_and_again_around_the_deadline_it_says_everything_once(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.runs(until="2030-04-17T09:00") == [WEEK_BEFORE, CLOSING_SOON, CLOSING_TODAY]
        for minute in ("09:00", "09:01", "11:59"):
            assert await machine.is_off(until=f"2030-04-17T{minute}") == []
        assert await machine.is_off(until="2030-04-17T12:01") == closed("17 12:01", closing_today=True)
        assert await machine.is_off(until="2030-04-17T12:02") == []


async def test_a_reminder_that_is_still_of_use_comes_late_and_says_so(started: Started) -> None:
    async with started(THURSDAY) as machine:
        await machine.runs(until="2030-04-17T08:00")
        assert await machine.is_off(until="2030-04-17T11:44") == [f"17 11:44 post: {TODAY}（お知らせが遅れました）"]
        assert await machine.runs(until="2030-04-17T11:59") == [], "it may stay, and goes with the first edit"
        assert await machine.runs(until="2030-04-17T12:01") == closed("17 12:00", closing_today=True)


async def test_down_from_friday_to_monday_it_tells_of_the_lecture_on_monday_and_of_nothing_that_is_over(
    started: Started,
) -> None:
    async with started(MONDAY) as machine:
        assert await machine.runs(until="2030-04-19T10:00") == [
            f"15 09:00 post: 来週 4/22(月) 13:00〜 第3回「銀河」、{PLACE}。参加登録は 4/21(日) 正午まで。"
        ]
        assert await machine.is_off(until="2030-04-22T09:00") == [
            "22 09:00 skip: last_weekday stale",
            "22 09:00 skip: closing_today stale",
            f"22 09:00 post: 本日 13:00 開始：第3回「銀河」、{JOINING}（お知らせが遅れました）",
            "22 09:00 edit: 第3回「銀河」（4/22(月) 13:00〜）の参加登録は締め切りました。",
        ]
        assert await machine.runs(until="2030-04-22T18:00") == [
            f"22 12:30 post: まもなく 13:00 開始：第3回「銀河」、{JOINING}"
        ]


async def test_after_months_of_absence_nothing_is_said_of_what_is_over(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.is_off(until="2030-06-20T09:00") == [
            f"20 09:00 skip: {stage} stale"
            for stage in ("week_before", "closing_soon", "closing_today", "morning", "starting")
        ]


async def test_a_laptop_that_slept_for_a_day_says_what_is_still_of_use(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.runs(until="2030-04-16T10:00") == [WEEK_BEFORE]
        assert await machine.is_told("2030-04-17T10:00") == [
            "17 10:00 skip: closing_soon stale",
            f"17 10:00 post: {TODAY}（お知らせが遅れました）".replace("16 12:00", "17 10:00"),
        ]


async def test_a_clock_that_is_set_back_repeats_nothing(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.runs(until="2030-04-17T09:30") == [WEEK_BEFORE, CLOSING_SOON, CLOSING_TODAY]
        for earlier in ("2030-04-17T08:00", "2030-04-16T11:00", "2030-04-10T00:00"):
            told = [*await machine.is_told(earlier), *await machine.runs(until="2030-04-17T10:00")]
            assert [line for line in told if " edit: " not in line] == []


async def test_what_a_clock_that_was_ahead_took_for_too_late_is_said_once_it_is_right(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.is_told("2030-04-19T00:00") == [
            f"19 00:00 skip: {stage} stale"
            for stage in ("week_before", "closing_soon", "closing_today", "morning", "starting")
        ]
        assert await machine.is_told("2030-04-10T13:00") == []
        assert await machine.runs(until="2030-04-18T18:00") == [
            WEEK_BEFORE,
            CLOSING_SOON,
            CLOSING_TODAY,
            *closed("17 12:00", closing_today=True),
            MORNING,
            STARTING,
        ]


async def test_what_a_clock_that_was_ahead_made_of_earlier_posts_is_put_right(started: Started) -> None:
    async with started(THURSDAY) as machine:
        assert await machine.runs(until="2030-04-12T12:00") == [WEEK_BEFORE]
        assert await machine.is_told("2030-04-17T11:50") == [
            "17 11:50 skip: closing_soon stale",
            "17 11:50 skip: closing_today stale".replace("16 12:00", "17 11:50"),
        ]
        assert await machine.runs(until="2030-04-17T12:30") == closed("17 12:00", closing_today=False)[:1]
        assert await machine.is_told("2030-04-12T13:00") == [WEEK_BEFORE.replace("11 09:00 post", "12 13:00 edit")]
