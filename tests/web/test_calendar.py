"""The calendar that others follow: made once for all who ask, sent again only to those who don't have it yet."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import aiohttp
import pytest

from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.exports.calendars import Calendars
from bot.schedule.revisions import Changes, History
from bot.web.calendar import PATH, CalendarFeed
from bot.web.server import Address, http_server
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, with_lecture
from tests.exports.rfc5545 import read

FIRST = History(Changes(1, at("2030-01-01T00:00").astimezone(UTC)), {})


class Counted(Calendars):
    """Calendars that count how often one was written."""

    written = 0

    def __call__(self, series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
        self.written += 1
        return super().__call__(series, lectures, language, now)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def etag(self) -> str:
        return self.headers["ETag"]


@dataclass
class Broadcast:
    """A feed that is served; its schedule and its clock can be changed."""

    calendars: Counted = field(default_factory=Counted)
    series: Series = EXAMPLE
    now: datetime = BEFORE_THREE
    port: int = 0

    async def ask(self, query: str = "", method: str = "GET", **headers: str) -> Answer:
        """The answer to a request with these headers, whose names have `_` for `-`."""
        address = f"http://127.0.0.1:{self.port}{PATH}{query}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with aiohttp.ClientSession() as session, session.request(method, address, headers=named) as answer:
            return Answer(answer.status, answer.headers, await answer.read())


@asynccontextmanager
async def broadcast(*, known: bool = True) -> AsyncIterator[Broadcast]:
    told = Broadcast()
    if known:
        told.calendars.accept(EXAMPLE, FIRST)
    feed = CalendarFeed(lambda: told.series, lambda: told.now, told.calendars)
    async with http_server(Address("127.0.0.1", 0), {PATH: feed.page}, []) as port:
        told.port = port
        yield told


async def test_it_is_a_calendar_of_all_lectures_with_a_date() -> None:
    async with broadcast() as told:
        answer = await told.ask()
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="lectures.ics"'
    assert answer.headers["Content-Language"] == "ja"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert datetime.now(UTC) - parsedate_to_datetime(answer.headers["Last-Modified"]) < timedelta(minutes=1)
    dated = [lecture for lecture in EXAMPLE.lectures if lecture.day]
    assert answer.body == told.calendars(EXAMPLE, dated, "ja", BEFORE_THREE)
    uids = {str(entry["UID"]) for entry in read(answer.body)[1]}
    assert {f"lecture-{number}@series.example" for number in (1, 2, 3, 4, 5)} <= uids


async def test_whoever_asks_for_the_headers_gets_the_same_ones() -> None:
    async with broadcast() as told:
        whole, head = await told.ask(), await told.ask(method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "Date": ""} == {**whole.headers, "Date": ""}
    assert head.headers["Content-Length"] == str(len(whole.body))


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("", "ja"),
        ("?lang=en", "en"),
        ("?lang=ja", "ja"),
        ("?lang=fr", "ja"),
        ("?lang=", "ja"),
        ("?lang=en&lang=fr", "en"),
    ],
)
async def test_it_can_be_had_in_both_languages(query: str, language: str) -> None:
    async with broadcast() as told:
        answer = await told.ask(query)
    assert answer.headers["Content-Language"] == language
    assert ("Galaxies seen by Machine Learning" in answer.body.decode()) == (language == "en")


async def test_who_has_it_already_is_told_so() -> None:
    async with broadcast() as told:
        first = await told.ask()
        tag, since = first.etag, first.headers["Last-Modified"]
        later = format_datetime(parsedate_to_datetime(since) + timedelta(seconds=1), usegmt=True)
        earlier = format_datetime(parsedate_to_datetime(since) - timedelta(seconds=1), usegmt=True)
        asked: list[tuple[dict[str, str], int]] = [
            ({"If_None_Match": tag}, 304),
            ({"If_None_Match": f'"another", W/{tag}'}, 304),
            ({"If_None_Match": "*"}, 304),
            ({"If_None_Match": '"another"'}, 200),
            ({"If_None_Match": "nonsense"}, 200),
            ({"If_Modified_Since": since}, 304),
            ({"If_Modified_Since": later}, 304),
            ({"If_Modified_Since": earlier}, 200),
            ({"If_Modified_Since": "nonsense"}, 200),
            ({"If_None_Match": '"another"', "If_Modified_Since": since}, 200),
            ({"If_None_Match": tag, "If_Modified_Since": earlier}, 304),
        ]
        for headers, status in asked:
            answer = await told.ask(**headers)
            assert (headers, answer.status) == (headers, status)
            assert answer.body == (b"" if status == 304 else first.body)
            assert (answer.etag, answer.headers["Last-Modified"]) == (tag, since)


async def test_it_is_made_once_for_all_who_ask() -> None:
    async with broadcast() as told:
        answers = await asyncio.gather(*(told.ask() for _ in range(50)))
        assert len({answer.body for answer in answers}) == 1
        assert told.calendars.written == 1
        told.now += timedelta(hours=11)
        await told.ask()
        assert told.calendars.written == 1
        await told.ask("?lang=en")
        assert told.calendars.written == 2


async def test_a_change_makes_another_one() -> None:
    async with broadcast() as told:
        first = await told.ask()
        told.series = with_lecture(EXAMPLE, replace(OPEN, starts=at("2030-04-19T13:00"), ends=at("2030-04-19T17:00")))
        told.calendars.accept(told.series, History(FIRST.common, {"3": Changes(1, BEFORE_THREE.astimezone(UTC))}))
        second = await told.ask(If_None_Match=first.etag)
    assert second.status == 200
    before, after = ({str(entry["UID"]): entry for entry in read(each.body)[1]} for each in (first, second))
    assert before.keys() == after.keys()
    changed = {uid for uid in before if before[uid] != after[uid]}
    assert changed == {"lecture-3@series.example", "registration-3@series.example"}
    for uid in changed:
        old, new = before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]
        assert isinstance(old, int)
        assert isinstance(new, int)
        assert old < new
    assert after["lecture-3@series.example"]["DTSTART"] == at("2030-04-19T13:00").astimezone(UTC)


async def test_another_day_alone_makes_no_other_one_but_a_deadline_that_passes_does() -> None:
    async with broadcast() as told:
        first = await told.ask()
        told.now += timedelta(days=1)
        same = await told.ask()
        assert told.calendars.written == 2
        assert (same.etag, same.headers["Last-Modified"]) == (first.etag, first.headers["Last-Modified"])
        told.now = at("2030-04-17T12:00")
        other = await told.ask(If_None_Match=first.etag)
    assert other.status == 200
    assert b"UID:registration-3" in first.body
    assert b"UID:registration-3" not in other.body


async def test_before_the_past_of_lectures_is_known_there_is_none() -> None:
    async with broadcast(known=False) as told:
        answer = await told.ask()
        assert (answer.status, answer.body) == (503, b"")
        assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("30", "no-store")
        told.calendars.accept(EXAMPLE, FIRST)
        assert (await told.ask()).status == 200
