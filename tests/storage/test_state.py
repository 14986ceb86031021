"""The memory: nothing at first, then what the last step made it; of two steps from the same only one is taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.post import (
    AlertSubject,
    ChangeSubject,
    DigestSubject,
    FreeTextSubject,
    PostSubject,
    ReminderSubject,
)
from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Material, MaterialKind, Person, Registration, Venue
from bot.domain.reminder_times import News, Stage
from bot.storage.state import (
    Snapshots,
    kinds,
    kinds_written,
    lecture_written,
    numbers,
    numbers_written,
    subject_written,
    words,
    words_written,
)
from tests.domain.generated import ZONES, lectures, local_times, thorough
from tests.storage.homes import NOW, TOKYO, Home, after

LECTURE = Lecture(
    12,
    day=NOW.date(),
    starts=datetime(2024, 7, 22, 13, tzinfo=TOKYO),
    ends=datetime(2024, 7, 22, 17, tzinfo=TOKYO),
    speaker=Person(Localized("甘木 俊", "Shun Amagi")),
    title=Localized.same("拡散モデル"),
    venue=Venue(Localized.same("京都"), tentative=True),
    registration=Registration("https://forms.example/12", datetime(2024, 7, 21, 12, tzinfo=TOKYO), also_for=(11,)),
    materials=(Material(Localized.same("スライド"), MaterialKind.SLIDES, "https://files.example/12"),),
)
MOVED = replace(LECTURE, starts=datetime(2024, 7, 23, 13, tzinfo=TOKYO), ends=None)


def known(number: int, current: Lecture | None = LECTURE, told: Lecture | None = None) -> LectureState:
    """A lecture, with four different instants and a few links."""
    changed, dated, closing, form = (NOW - timedelta(days=days) for days in range(4))
    links = frozenset({"https://b.example", "https://a.example"})
    return LectureState(number, current, told, changed, dated, closing, form, links)


def item(number: int, settled_at: datetime, *, urgent: bool = False) -> NewsItem:
    """News of a lecture, not stored yet."""
    return NewsItem(0, number, (News.CHANGED, News.MATERIALS), LECTURE, MOVED, settled_at, urgent)


async def test_at_the_first_start_nothing_is_remembered(home: Home) -> None:
    async with home.opened() as store:
        assert await store.announced.lecture_states() is None
        assert await store.announced.apply(StateUpdate([]), None)
        assert await store.announced.lecture_states() == {}


async def test_what_a_step_brings_is_remembered_and_the_rest_stays(home: Home) -> None:
    async with home.opened() as store:
        assert await store.announced.apply(StateUpdate([known(11, None, LECTURE), known(12)]), None)
        first = await store.announced.lecture_states()
        assert first == {11: known(11, None, LECTURE), 12: known(12)}
        assert await store.announced.apply(StateUpdate([known(12, MOVED, LECTURE), known(13)]), first)
        assert await store.announced.lecture_states() == {
            11: known(11, None, LECTURE),
            12: known(12, MOVED, LECTURE),
            13: known(13),
        }
        assert first == {11: known(11, None, LECTURE), 12: known(12)}, "what was given out does not change"


async def test_a_step_from_what_is_no_longer_remembered_changes_nothing(home: Home) -> None:
    async with home.opened() as store:
        assert await store.announced.apply(StateUpdate([known(12)]), None)
        before = await store.announced.lecture_states()
        assert not await store.announced.apply(StateUpdate([known(13)], [item(13, NOW)]), None)
        assert await store.announced.apply(StateUpdate([known(12, MOVED)]), before)
        assert not await store.announced.apply(StateUpdate([known(13)], [item(13, NOW)]), before)
        assert not await store.announced.apply(StateUpdate([known(13)], [item(13, NOW)]), {})
        assert await store.announced.lecture_states() == {12: known(12, MOVED)}
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
        lecture = lecture_states[12].current
        assert lecture is not None
        assert lecture == LECTURE
        assert lecture.starts
        assert lecture.ends
        assert lecture.registration.closes
        assert {lecture.starts.tzinfo, lecture.ends.tzinfo, lecture.registration.closes.tzinfo} == {berlin}
        assert (await store.announced.news(NOW))[0].settled_at.tzinfo is berlin
        assert lecture_states[12].changed_at.tzinfo is UTC


async def test_an_instant_without_zone_is_refused(home: Home) -> None:
    async with home.opened() as store:
        naive = NOW.replace(tzinfo=None)
        with pytest.raises(Exception, match="aware"):
            await store.announced.apply(StateUpdate([replace(known(12), dated_at=naive)]), None)
        assert await store.announced.lecture_states() is None


async def test_what_another_process_remembered_is_seen_at_once(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        assert await one.announced.apply(StateUpdate([known(12)]), None)
        seen = await other.announced.lecture_states()
        assert seen == {12: known(12)}
        assert await other.announced.apply(StateUpdate([known(12, MOVED)]), seen)
        assert await one.announced.lecture_states() == {12: known(12, MOVED)}
        assert not await one.announced.apply(StateUpdate([known(13)]), seen)


NUMBERS = st.lists(st.integers(0, 200), min_size=1, max_size=4, unique=True).map(tuple)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def subjects(draw: st.DrawFn, zone: ZoneInfo) -> PostSubject:
    """Anything that a post can be about."""
    times = local_times(zone)
    news = st.lists(st.sampled_from(News), min_size=1, max_size=3, unique=True).map(tuple)
    subject: PostSubject = draw(
        st.builds(ReminderSubject, st.sampled_from(Stage), NUMBERS, times, times, times)
        | st.builds(ChangeSubject, NUMBERS, news, NUMBERS, times, st.booleans())
        | st.builds(AlertSubject, TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3), times)
        | st.builds(DigestSubject, TEXTS, times, times)
        | st.builds(FreeTextSubject, TEXTS, TEXTS, times)
    )
    return subject


def in_zone(lecture: Lecture, zone: tzinfo) -> Lecture:
    """The lecture with its deadline told in that zone, as everything else is."""
    closes = lecture.registration.closes
    return replace(lecture, registration=replace(lecture.registration, closes=closes and closes.astimezone(zone)))


@thorough
@given(st.data())
def test_a_lecture_comes_back_to_the_letter(data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(ZONES))
    lecture = data.draw(lectures(7, [3, 8], zone))
    read = Snapshots(zone).lecture(lecture_written(lecture))
    assert read == in_zone(lecture, zone)
    assert repr(read) == repr(in_zone(lecture, zone)), "which hour of two, and which zone, shows only here"


@thorough
@given(st.data())
def test_a_matter_comes_back_to_the_letter(data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(ZONES))
    subject = data.draw(subjects(zone))
    read = Snapshots(zone).subject(subject_written(subject))
    assert read == subject
    assert repr(read) == repr(subject)


@given(st.frozensets(TEXTS), st.frozensets(st.integers(0, 10_000)), st.lists(st.sampled_from(News), unique=True))
def test_sets_and_kinds_come_back(some: frozenset[str], others: frozenset[int], of_news: list[News]) -> None:
    assert words(words_written(some)) == some
    assert numbers(numbers_written(others)) == others
    assert kinds(kinds_written(of_news)) == tuple(of_news)


def test_any_text_can_be_kept() -> None:
    lecture = Lecture(1, title=Localized("量子\0𝒜\u2028", 'a "quoted" \\ text'))
    assert Snapshots(UTC).lecture(lecture_written(lecture)) == lecture


def test_there_may_be_no_lecture() -> None:
    assert lecture_written(None) is None
    assert Snapshots(UTC).lecture(None) is None


def test_what_has_its_default_takes_no_room() -> None:
    assert lecture_written(Lecture(7)) == '{"number":7}'


def test_instants_are_written_in_utc_whatever_their_zone() -> None:
    starts = datetime(2024, 4, 6, 13, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert lecture_written(Lecture(7, starts=starts)) == '{"number":7,"starts":"2024-04-06T04:00:00Z"}'


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_both_hours_of_a_night_in_which_the_clocks_go_back_are_told_apart(zone: ZoneInfo) -> None:
    begin = datetime(2024, 10, 27, tzinfo=UTC)
    for hours in range(4):
        starts = (begin + timedelta(hours=hours)).astimezone(zone)
        read = Snapshots(zone).lecture(lecture_written(Lecture(1, starts=starts)))
        assert read
        assert read.starts
        assert (read.starts, read.starts.fold) == (starts, starts.fold)


def test_equal_texts_give_one_matter() -> None:
    snapshots = Snapshots(ZONES[0])
    written = subject_written(AlertSubject("a", "notice.held", {}, datetime(2024, 4, 5, tzinfo=UTC)))
    assert snapshots.subject(written) is snapshots.subject(written)
