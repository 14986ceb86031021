"""Values that come back from their JSON as they were."""

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
    SharedAnswerSubject,
)
from bot.domain.language import LANGUAGES, Localized
from bot.domain.lecture import Lecture
from bot.domain.reminder_times import News, Stage
from bot.domain.reminders import DueStage
from bot.storage.serialization import (
    Loader,
    dump_kinds,
    dump_lecture,
    dump_set,
    dump_subject,
    load_kinds,
    load_words,
)
from tests.domain.generated import ZONES, lectures, local_times, thorough

IDS = st.from_regex(r"[\w][\w.-]{0,9}", fullmatch=True)
MANY_IDS = st.lists(IDS, min_size=1, max_size=4, unique=True).map(tuple)
NUMBERS = st.lists(st.integers(0, 200), min_size=1, max_size=4, unique=True).map(tuple)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def subjects(draw: st.DrawFn, zone: ZoneInfo) -> PostSubject:
    """Anything that a post can be about."""
    times = local_times(zone)
    due_stages = st.builds(DueStage, st.sampled_from(Stage), IDS, times, times, times)
    news = st.lists(st.sampled_from(News), min_size=1, max_size=3, unique=True).map(tuple)
    subject: PostSubject = draw(
        st.builds(ReminderSubject, st.lists(due_stages, min_size=1, max_size=3).map(tuple))
        | st.builds(ChangeSubject, NUMBERS, news, MANY_IDS, times, st.booleans())
        | st.builds(AlertSubject, TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3), times)
        | st.builds(DigestSubject, TEXTS, times, times)
        | st.builds(FreeTextSubject, TEXTS, st.none() | st.builds(Localized.same, TEXTS), times, st.integers(0, 3))
        | st.builds(SharedAnswerSubject, TEXTS, st.sampled_from(LANGUAGES), TEXTS, MANY_IDS, times)
    )
    return subject


def in_zone(lecture: Lecture, zone: tzinfo) -> Lecture:
    """The lecture with its times told in that zone."""
    return lecture.with_times(lambda each: each.astimezone(zone))


@thorough
@given(st.data())
def test_a_lecture_comes_back_to_the_letter(data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(ZONES))
    lecture = data.draw(lectures(7, ["3", "8"], zone))
    read = Loader(zone).lecture(dump_lecture(lecture))
    assert read == in_zone(lecture, zone)
    assert repr(read) == repr(in_zone(lecture, zone)), "which hour of two, and which zone, shows only here"


@thorough
@given(st.data())
def test_a_subject_comes_back_to_the_letter(data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(ZONES))
    subject = data.draw(subjects(zone))
    read = Loader(zone).subject(dump_subject(subject))
    assert read == subject
    assert repr(read) == repr(subject)


@given(st.frozensets(TEXTS), st.lists(st.sampled_from(News), unique=True))
def test_sets_and_kinds_come_back(some: frozenset[str], of_news: list[News]) -> None:
    assert load_words(dump_set(some)) == some
    assert load_kinds(dump_kinds(of_news)) == tuple(of_news)


def test_any_text_can_be_kept() -> None:
    lecture = Lecture(1, title=Localized.of({"ja": "量子\0𝒜\u2028", "en": 'a "quoted" \\ text'}))
    assert Loader(UTC).lecture(dump_lecture(lecture)) == lecture


def test_there_may_be_no_lecture() -> None:
    assert dump_lecture(None) is None
    assert Loader(UTC).lecture(None) is None


def test_what_has_its_default_takes_no_room() -> None:
    assert dump_lecture(Lecture(7)) == '{"number":7,"id":"7"}'


def test_instants_are_written_in_utc_whatever_their_zone() -> None:
    starts = datetime(2024, 4, 6, 13, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert dump_lecture(Lecture(7, starts=starts)) == '{"number":7,"id":"7","starts":"2024-04-06T04:00:00Z"}'


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_both_hours_of_a_night_in_which_the_clocks_go_back_are_told_apart(zone: ZoneInfo) -> None:
    begin = datetime(2024, 10, 27, tzinfo=UTC)
    for hours in range(4):
        starts = (begin + timedelta(hours=hours)).astimezone(zone)
        read = Loader(zone).lecture(dump_lecture(Lecture(1, starts=starts)))
        assert read
        assert read.starts
        assert (read.starts, read.starts.fold) == (starts, starts.fold)


def test_equal_texts_give_one_subject() -> None:
    loader = Loader(ZONES[0])
    written = dump_subject(AlertSubject("a", "notice.held", {}, datetime(2024, 4, 5, tzinfo=UTC)))
    assert loader.subject(written) is loader.subject(written)
