"""Snapshots: a lecture or a matter comes back as it was written, in the series' zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.matter import DigestMatter, FreeMatter, Matter, NewsMatter, NoticeMatter, StageMatter
from bot.domain.language import Localized
from bot.domain.lecture import Lecture
from bot.domain.timings import News, Stage
from bot.store.snapshots import (
    Snapshots,
    kinds,
    kinds_written,
    lecture_written,
    matter_written,
    numbers,
    numbers_written,
    words,
    words_written,
)
from tests.domain.generated import ZONES, lectures, local_times, thorough

NUMBERS = st.lists(st.integers(0, 200), min_size=1, max_size=4, unique=True).map(tuple)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def matters(draw: st.DrawFn, zone: ZoneInfo) -> Matter:
    """Anything that a post can be about."""
    times = local_times(zone)
    news = st.lists(st.sampled_from(News), min_size=1, max_size=3, unique=True).map(tuple)
    matter: Matter = draw(
        st.builds(StageMatter, st.sampled_from(Stage), NUMBERS, times, times, times)
        | st.builds(NewsMatter, NUMBERS, news, NUMBERS, times, st.booleans())
        | st.builds(NoticeMatter, TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3), times)
        | st.builds(DigestMatter, TEXTS, times, times)
        | st.builds(FreeMatter, TEXTS, TEXTS, times)
    )
    return matter


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
    matter = data.draw(matters(zone))
    read = Snapshots(zone).matter(matter_written(matter))
    assert read == matter
    assert repr(read) == repr(matter)


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
    written = matter_written(NoticeMatter("a", "notice.held", {}, datetime(2024, 4, 5, tzinfo=UTC)))
    assert snapshots.matter(written) is snapshots.matter(written)
