"""The memory: nothing at first, then what the last step made it; of two steps from the same only one is taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person, Registration, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.reminder_times import News
from tests.examples import both
from tests.storage.homes import NOW, TOKYO, Home, after

LECTURE = Lecture(
    12,
    day=NOW.date(),
    starts=datetime(2024, 7, 22, 13, tzinfo=TOKYO),
    ends=datetime(2024, 7, 22, 17, tzinfo=TOKYO),
    speakers=(Person(both("甘木 俊", "Shun Amagi")),),
    title=Localized.same("拡散モデル"),
    venue=Venue(Localized.same("京都"), tentative=True),
    registration=Registration("https://forms.example/12", datetime(2024, 7, 21, 12, tzinfo=TOKYO), also_for=("11",)),
    materials=(Material(Localized.same("スライド"), MaterialKind.SLIDES, "https://files.example/12"),),
)
MOVED = replace(LECTURE, starts=datetime(2024, 7, 23, 13, tzinfo=TOKYO), ends=None)


def known(number: int, current: Lecture | None = LECTURE, told: Lecture | None = None) -> LectureState:
    """A lecture, with four different instants and a few links."""
    changed, dated, closing, form = (NOW - timedelta(days=days) for days in range(4))
    links = frozenset({"https://b.example", "https://a.example"})
    return LectureState(str(number), current, told, changed, dated, closing, form, links)


def item(number: int, settled_at: datetime, *, urgent: bool = False) -> NewsItem:
    """News of a lecture, not stored yet."""
    return NewsItem(0, str(number), (News.CHANGED, News.MATERIALS), LECTURE, MOVED, settled_at, urgent)


async def test_at_the_first_start_nothing_is_remembered(home: Home) -> None:
    async with home.opened() as store:
        assert await store.announced.lecture_states() is None
        assert await store.announced.apply(StateUpdate([]), None)
        assert await store.announced.lecture_states() == {}


async def test_what_a_step_brings_is_remembered_and_the_rest_stays(home: Home) -> None:
    async with home.opened() as store:
        assert await store.announced.apply(StateUpdate([known(11, None, LECTURE), known(12)]), None)
        first = await store.announced.lecture_states()
        assert first == {"11": known(11, None, LECTURE), "12": known(12)}
        assert await store.announced.apply(StateUpdate([known(12, MOVED, LECTURE), known(13)]), first)
        assert await store.announced.lecture_states() == {
            "11": known(11, None, LECTURE),
            "12": known(12, MOVED, LECTURE),
            "13": known(13),
        }
        assert first == {"11": known(11, None, LECTURE), "12": known(12)}, "what was given out does not change"


async def test_a_step_from_what_is_no_longer_remembered_changes_nothing(home: Home) -> None:
    async with home.opened() as store:
        assert await store.announced.apply(StateUpdate([known(12)]), None)
        before = await store.announced.lecture_states()
        assert not await store.announced.apply(StateUpdate([known(13)], [item(13, NOW)]), None)
        assert await store.announced.apply(StateUpdate([known(12, MOVED)]), before)
        assert not await store.announced.apply(StateUpdate([known(13)], [item(13, NOW)]), before)
        assert not await store.announced.apply(StateUpdate([known(13)], [item(13, NOW)]), {})
        assert await store.announced.lecture_states() == {"12": known(12, MOVED)}
        assert await store.announced.news(NOW) == []


async def test_news_get_ids_and_come_oldest_first(home: Home) -> None:
    async with home.opened() as store:
        news = [item(13, after(hours=2)), item(12, after(hours=1), urgent=True), item(11, NOW - timedelta(seconds=1))]
        assert await store.announced.apply(StateUpdate([], news), None)
        told = await store.announced.news(NOW)
        assert [replace(each, id=0) for each in told] == [news[1], news[0]]
        assert await store.announced.news(after(hours=1, microseconds=1)) == told[1:]
        everything = await store.announced.news(NOW - timedelta(days=1))
        assert len({each.id for each in everything}) == 3
        assert await store.announced.news_by_id([everything[0].id, told[0].id, 999]) == {
            everything[0].id: everything[0],
            told[0].id: told[0],
        }
        assert await store.announced.news_by_id([]) == {}


async def test_times_come_back_in_the_zone_of_the_series(home: Home) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    async with home.opened(zone=berlin) as store:
        assert await store.announced.apply(StateUpdate([known(12)], [item(12, NOW)]), None)
        lecture_states = await store.announced.lecture_states()
        assert lecture_states
        lecture = lecture_states["12"].current
        assert lecture is not None
        assert lecture == LECTURE
        assert lecture.starts
        assert lecture.ends
        assert isinstance(lecture.registration.closes, datetime)
        assert {lecture.starts.tzinfo, lecture.ends.tzinfo, lecture.registration.closes.tzinfo} == {berlin}
        assert (await store.announced.news(NOW))[0].settled_at.tzinfo is berlin
        assert lecture_states["12"].changed_at.tzinfo is UTC


async def test_an_instant_without_zone_is_refused(home: Home) -> None:
    async with home.opened() as store:
        naive = NOW.replace(tzinfo=None)
        with pytest.raises(Exception, match="aware"):
            await store.announced.apply(StateUpdate([replace(known(12), date_changed_at=naive)]), None)
        assert await store.announced.lecture_states() is None


async def test_what_another_process_remembered_is_seen_at_once(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        assert await one.announced.apply(StateUpdate([known(12)]), None)
        seen = await other.announced.lecture_states()
        assert seen == {"12": known(12)}
        assert await other.announced.apply(StateUpdate([known(12, MOVED)]), seen)
        assert await one.announced.lecture_states() == {"12": known(12, MOVED)}
        assert not await one.announced.apply(StateUpdate([known(13)]), seen)
