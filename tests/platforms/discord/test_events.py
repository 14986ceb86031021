"""Scheduled events of a server through a season, with the real keeper, store and sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inline_snapshot import snapshot

from bot.announcements.alerts import Alerts
from bot.announcements.events.sync import EventSync
from bot.announcements.post import AlertSubject
from bot.announcements.snapshot import PlanningState
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode, Status
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.i18n import phrases
from bot.platforms.discord.events import DiscordEvents
from bot.storage import Store, open_store
from tests.examples import EXAMPLE, NOT_YET_OPEN, OPEN, at, both, dated, series_of, with_lecture
from tests.platforms.discord.conftest import serving
from tests.platforms.discord.posting import here
from tests.standins.discord import DiscordStandIn, LoseAnswer, Refuse, Right
from tests.standins.discord.scheduled_events import ACTIVE, CANCELED, COMPLETED, SCHEDULED, ScheduledEvent

START = at("2030-04-08T12:00")


@dataclass
class Server:
    """A server of which the bot keeps the events, at a moment that is set."""

    now: datetime = START
    series: Series = EXAMPLE
    alerts: Alerts = field(default_factory=Alerts)
    plannings: list[PlanningState] = field(default_factory=list)
    discord: DiscordStandIn = field(init=False)
    calendar: DiscordEvents = field(init=False)
    store: Store = field(init=False)
    event_sync: EventSync = field(init=False)

    @property
    def told(self) -> list[AlertSubject]:
        """What organizers should know."""
        return [*self.alerts.troubles(self.series, self.now, None)][::-1]

    @property
    def events(self) -> list[ScheduledEvent]:
        """Those that have not ended, by their start."""
        return self.discord.scheduled_events.standing(self.discord.guild)

    @property
    def listing(self) -> list[tuple[str, str, int]]:
        """Their names, starts and states."""
        return [(each.name, _local(each.starts), each.status) for each in self.events]

    async def becomes(self, lecture: Lecture) -> None:
        """The schedule changes, and the events follow."""
        self.plans(with_lecture(self.series, lecture))
        assert await self.event_sync.keep()

    def plans(self, series: Series) -> None:
        """The schedule is another from now on."""
        self.series = series
        for planning in self.plannings:
            planning.snapshot = replace(planning.snapshot, series=series)

    def writes(self) -> int:
        """How many requests have changed anything."""
        return sum(call.method != "GET" for call in self.discord.calls if "scheduled-events" in call.path)

    def event_sync_of(self, store: Store) -> EventSync:
        """What keeps the events, as another process has it."""
        self.plannings.append(PlanningState(store.announced, store.pauses, store.collections, self.series))
        return EventSync(self.calendar, store, self.plannings[-1], self.alerts, lambda: self.now)

    def opened(self, database: Path | str) -> AbstractAsyncContextManager[Store]:
        """The database, as a process has it."""
        return open_store(database, EXAMPLE.timezone, elapsed=lambda: self.now.timestamp(), boot_id="b")


def _local(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(EXAMPLE.timezone):%Y-%m-%dT%H:%M}"


@asynccontextmanager
async def server(
    database: Path | str = "sqlite://", language: Language | None = "en", rights: Right = Right.CREATE_EVENTS
) -> AsyncIterator[Server]:
    """The bot in a server in which a channel follows."""
    there = Server()
    async with AsyncExitStack() as stack:
        there.discord = await stack.enter_async_context(DiscordStandIn(clock=lambda: there.now.timestamp()))
        there.discord.limits.off()
        _give(there.discord, rights)
        bot = await stack.enter_async_context(serving(there.discord))
        there.calendar = bot.poster.events
        there.store = await stack.enter_async_context(there.opened(database))
        await there.store.followers.follow(Follower(here(there.discord), START, language=language), "t", START)
        there.event_sync = there.event_sync_of(there.store)
        yield there


def _give(discord: DiscordStandIn, rights: Right) -> None:
    role = next(role for role in discord.guild.roles.values() if role.managed)
    role.rights |= rights


async def test_every_lecture_to_come_with_a_known_start_gets_an_event() -> None:
    async with server() as there:
        assert await there.event_sync.keep()
        third, fourth = there.events
        assert (third.name, _local(third.starts), _local(third.ends), third.location) == (
            "Lecture 3: Galaxies seen by Machine Learning",
            "2030-04-18T13:00",
            "2030-04-18T17:00",
            "Galaxy University, West Hall, Room 201",
        )
        assert third.description == snapshot("""\
Tsubasa Ozora (Galaxy University)
In person and online
in Japanese
Please bring binoculars.
Register by Wed, 17 Apr, 12:00
Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora: https://forms.example/3
Page: https://series.example/
Shapes of galaxies are classified.

lecturebot #3\
""")
        assert (fourth.name, fourth.location) == (
            "Lecture 4: The Far Side of the Moon (tentative title)",
            "Institute of Tides (tentative)",
        )
        assert there.told == []
        assert there.discord.unknown_routes == []


async def test_what_is_as_it_should_be_is_left_alone_and_a_japanese_server_reads_japanese() -> None:
    async with server(language=None) as there:
        await there.event_sync.keep()
        assert there.events[0].name == "第3回　機械学習で見る銀河"
        writes = there.writes()
        for _ in range(3):
            there.now += timedelta(hours=1)
            assert await there.event_sync.keep()
        assert there.writes() == writes


async def test_a_person_who_wants_reminders_makes_nobody_ask_for_the_events() -> None:
    async with server() as there:
        await there.event_sync.run_due()
        asked = len(there.discord.calls_of("GET", "scheduled-events"))
        person = Address("discord", AddressKind.USER, str(there.discord.user.id))
        await there.store.followers.follow(Follower(person, there.now), "t", there.now)
        for _ in range(5):
            assert await there.event_sync.run_due() > 1
        assert len(there.discord.calls_of("GET", "scheduled-events")) == asked
        there.now += timedelta(hours=1, seconds=1)
        await there.event_sync.run_due()
        assert len(there.discord.calls_of("GET", "scheduled-events")) == asked + 1


async def test_an_event_follows_its_lecture_through_everything() -> None:
    async with server() as there:
        await there.event_sync.keep()
        (event, _) = there.events
        moved = replace(OPEN, day=at("2030-04-25T10:00").date(), starts=at("2030-04-25T10:00"), ends=None)
        await there.becomes(moved)
        assert (_local(event.starts), _local(event.ends)) == ("2030-04-25T10:00", "2030-04-25T12:00")
        online = replace(moved, title=both("銀河の群れ", "Flocks of Galaxies"), mode=Mode.ONLINE, venue=None)
        await there.becomes(online)
        assert (event.name, event.location) == ("Lecture 3: Flocks of Galaxies", "Online")
        there.now = at("2030-04-25T07:00")
        await there.becomes(replace(moved, status=Status.POSTPONED))
        assert (event.name, _local(event.starts), event.status) == (
            "Postponed: Lecture 3: Galaxies seen by Machine Learning",
            "2030-06-02T00:00",
            SCHEDULED,
        )
        assert event.description.splitlines()[0] == (
            "This lecture has been postponed, and its new date is not decided yet. "
            "The date shown here only stands for it."
        )
        for _ in range(15):
            there.now += timedelta(days=7)
            await there.event_sync.keep()
            assert event.starts - there.now.timestamp() > 28 * 86400, "it never begins"
        again = at("2030-09-05T13:00")
        await there.becomes(replace(moved, day=again.date(), starts=again))
        assert (event.name, _local(event.starts)) == (
            "Lecture 3: Galaxies seen by Machine Learning",
            "2030-09-05T13:00",
        )
        there.now = again + timedelta(hours=1)
        await there.event_sync.keep()
        assert there.listing == [("Lecture 3: Galaxies seen by Machine Learning", "2030-09-05T13:00", ACTIVE)]
        there.now = again + timedelta(hours=3)
        await there.event_sync.keep()
        assert (there.events, event.status) == ([], COMPLETED)
        assert len([each for each in there.discord.scheduled_events.every if each.name.startswith("Lecture 3")]) == 1


async def test_a_cancelled_lecture_has_its_event_cancelled_and_another_once_it_takes_place_after_all() -> None:
    async with server() as there:
        await there.event_sync.keep()
        (event, _) = there.events
        await there.becomes(replace(OPEN, status=Status.CANCELLED))
        assert event.status == CANCELED
        await there.becomes(replace(OPEN, status=Status.CANCELLED, title=both("新", "new")))
        assert [each.name for each in there.events] == ["Lecture 4: The Far Side of the Moon (tentative title)"]
        await there.becomes(OPEN)
        assert there.listing[0] == ("Lecture 3: Galaxies seen by Machine Learning", "2030-04-18T13:00", SCHEDULED)


async def test_what_has_begun_ends_when_its_lecture_is_put_off_and_the_new_date_gets_an_event_of_its_own() -> None:
    async with server() as there:
        await there.event_sync.keep()
        (event, _) = there.events
        there.now = at("2030-04-18T13:10")
        await there.becomes(replace(OPEN, status=Status.POSTPONED))
        assert event.status == COMPLETED
        later = at("2030-06-06T13:00")
        await there.becomes(replace(OPEN, day=later.date(), starts=later, ends=None))
        assert [(name, starts) for name, starts, _ in there.listing] == [
            ("Lecture 4: The Far Side of the Moon (tentative title)", "2030-05-20T10:00"),
            ("Lecture 3: Galaxies seen by Machine Learning", "2030-06-06T13:00"),
        ]


async def test_a_lecture_whose_time_is_to_be_decided_anew_keeps_its_event_away_from_any_day() -> None:
    async with server() as there:
        await there.event_sync.keep()
        await there.becomes(replace(OPEN, starts=None, ends=None))
        event = next(each for each in there.events if "Lecture 3" in each.name)
        assert (event.name, event.status) == (
            "Time to be decided: Lecture 3: Galaxies seen by Machine Learning",
            SCHEDULED,
        )
        assert event.description.startswith(
            "This lecture takes place on Thu, 18 Apr 2030; when it begins is not decided yet."
        )
        await there.becomes(replace(OPEN, day=None, starts=None, ends=None))
        assert event.name == "Date to be decided: Lecture 3: Galaxies seen by Machine Learning"
        assert event.starts - there.now.timestamp() > 28 * 86400


async def test_a_restart_makes_nothing_twice_with_the_database_or_without(tmp_path: Path) -> None:
    async with server(tmp_path / "a.db") as there:
        await there.event_sync.keep()
        writes = there.writes()
        for database in (tmp_path / "a.db", tmp_path / "b.db"):
            async with there.opened(database) as store:
                await store.followers.follow(Follower(here(there.discord), START, language="en"), "t", START)
                assert await there.event_sync_of(store).keep()
        assert (there.writes(), len(there.events)) == (writes, 2)


async def test_two_processes_make_each_event_once(tmp_path: Path) -> None:
    async with server(tmp_path / "a.db") as there, there.opened(tmp_path / "a.db") as store:
        done = await asyncio.gather(there.event_sync.keep(), there.event_sync_of(store).keep())
        assert any(done), "it is one's turn, and the other comes later"
        assert await there.event_sync_of(store).keep()
        assert (len(there.events), there.writes()) == (2, 2)


async def test_a_lost_answer_makes_nothing_twice(tmp_path: Path) -> None:
    async with server() as there:
        there.discord.faults.add("POST", "scheduled-events", LoseAnswer())
        assert not await there.event_sync.keep()
        assert not await there.event_sync.keep(), "not before the request is certainly dealt with"
        there.now += timedelta(seconds=121)
        assert await there.event_sync.keep()
        assert len(there.events) == 2


async def test_twins_that_came_about_all_the_same_are_removed() -> None:
    async with server() as there:
        await there.event_sync.keep()
        (event, _) = there.events
        twin = there.discord.scheduled_events.add(
            there.discord.guild, there.discord.bot, event.name, event.starts, event.ends
        )
        twin.description = event.description
        await there.event_sync.keep()
        assert event in there.events
        assert twin not in there.events


async def test_what_somebody_took_away_is_left_away_and_what_somebody_changed_is_put_right() -> None:
    async with server() as there:
        await there.event_sync.keep()
        third, fourth = there.events
        there.discord.scheduled_events.every.remove(third)
        fourth.name, fourth.description = "Party", ""
        await there.event_sync.keep()
        assert [each.name for each in there.events] == ["Lecture 4: The Far Side of the Moon (tentative title)"]
        await there.becomes(replace(OPEN, ends=None))
        assert len(there.events) == 1


async def test_without_the_right_nothing_is_asked_for_and_organizers_are_told_how() -> None:
    async with server(rights=Right.NONE) as there:
        assert await there.event_sync.keep()
        assert [call.path for call in there.discord.calls if "scheduled-events" in call.path] == []
        (hint,) = there.told
        assert (hint.key, hint.values) == (f"events/discord/{there.discord.guild.id}", {"where": "Seminar"})
        assert phrases("en")(hint.phrase, **hint.values) == (
            "In Seminar, lectures could also be shown as server events: "
            "give the bot the right Create Events there if you want that."
        )


async def test_a_right_that_is_lost_meanwhile_is_told_too() -> None:
    async with server() as there:
        there.discord.faults.add("POST", "scheduled-events", Refuse(403, 50013, "Missing Permissions"))
        assert await there.event_sync.keep()
        assert [hint.phrase for hint in there.told] == ["notice.no_events"]


async def test_only_the_nearest_have_room_beside_the_events_of_others() -> None:
    lectures = [dated(number, f"2030-{5 + number // 28:02}-{1 + number % 28:02}T13:00") for number in range(1, 8)]
    async with server() as there:
        there.plans(series_of(*lectures))
        guild, owner, add = there.discord.guild, there.discord.owner, there.discord.scheduled_events.add
        tomorrow = START.timestamp() + 86400
        for number in range(95):
            add(guild, owner, f"Party {number}", tomorrow, tomorrow + 3600)
        assert await there.event_sync.keep()
        ours = [each for each in there.events if each.creator is there.discord.bot]
        assert [each.name for each in ours] == [f"Lecture {number} (title to be announced)" for number in range(1, 6)]
        await there.becomes(dated(99, "2030-04-20T13:00"))
        ours = [each for each in there.events if each.creator is there.discord.bot]
        assert [each.name.split()[1] for each in ours] == ["99", "1", "2", "3", "4"]
        there.discord.scheduled_events.every[:] = ours
        assert await there.event_sync.keep()
        assert [each.name.split()[1] for each in there.events] == ["99", "1", "2", "3", "4", "5", "6", "7"]


async def test_long_names_places_and_texts_are_cut_to_what_discord_takes() -> None:
    long = both("長い題" * 60, "A long title " * 20)
    assert OPEN.venue
    venue = replace(OPEN.venue, name=long, room=None)
    async with server() as there:
        await there.becomes(replace(OPEN, title=long, venue=venue, summary=both("*" * 2000, "*" * 2000)))
        (event, _) = there.events
        assert (len(event.name), len(event.location)) == (96, 98)
        assert (event.name[-1], event.location[-1]) == ("…", "…")
        assert 900 < len(event.description) <= 1000
        assert event.description.endswith("…\n\nlecturebot #3")
        writes = there.writes()
        await there.event_sync.keep()
        assert there.writes() == writes


async def test_text_of_others_is_no_markup_and_pings_nobody() -> None:
    async with server() as there:
        await there.becomes(replace(OPEN, notes=both("@everyone **x** <@1>", "@everyone **x** <@1>")))
        line = next(line for line in there.events[0].description.splitlines() if "everyone" in line)
        assert line == "@\u200beveryone \\*\\*x\\*\\* \\<@1>"


async def test_in_a_pause_nothing_is_made_but_what_is_there_is_kept_true() -> None:
    async with server() as there:
        there.plans(series_of(OPEN))
        await there.event_sync.keep()
        await there.store.pauses.begin("hana", there.now)
        there.plans(with_lecture(series_of(NOT_YET_OPEN), replace(OPEN, status=Status.CANCELLED)))
        assert await there.event_sync.keep()
        assert there.events == []
        await there.store.pauses.end("hana", there.now)
        assert await there.event_sync.keep()
        assert len(there.events) == 1


async def test_where_nobody_follows_any_more_no_event_stays() -> None:
    async with server() as there:
        await there.event_sync.keep()
        await there.store.followers.unfollow(here(there.discord), "t", there.now)
        assert await there.event_sync.keep()
        assert there.events == []
        await there.store.followers.follow(Follower(here(there.discord), START, language="en"), "t", START)
        assert await there.event_sync.keep()
        assert len(there.events) == 2


async def test_a_lecture_that_vanished_from_the_file_keeps_its_event() -> None:
    async with server() as there:
        await there.event_sync.keep()
        there.plans(replace(EXAMPLE, lectures=tuple(each for each in EXAMPLE.lectures if each is not OPEN)))
        await there.event_sync.keep()
        assert len(there.events) == 2


async def test_it_says_when_it_should_look_again() -> None:
    async with server() as there:
        assert 30 < await there.event_sync.run_due() <= 3600
        assert len(there.events) == 2
        there.discord.faults.add("GET", "/scheduled-events", LoseAnswer(), times=5)
        there.plans(with_lecture(EXAMPLE, replace(OPEN, status=Status.CANCELLED)))
        assert await there.event_sync.run_due() == 30
