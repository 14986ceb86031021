"""Series as a file can describe them, for tests that read back what was written."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.expectations import Expected
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person
from bot.domain.registration import ClosingRule, RegistrationPolicy
from bot.domain.reminder_times import SETTLING, TIMINGS, News, Stage, Timing
from bot.domain.secret import secret_in
from bot.domain.series import Links, Series
from bot.domain.text import visible
from tests.domain import generated
from tests.examples import both

_PAGE = "https://series.example/ml/"

texts = st.text(st.characters(codec="utf-8"), min_size=1).map(visible)
texts = texts.filter(lambda text: text.strip() and not secret_in(text))
localized = st.builds(both, texts, texts) | texts.map(Localized.same)
_line = texts.filter(lambda text: "\n" not in text)
lines = st.builds(both, _line, _line) | _line.map(Localized.same)
"""Names and the like, which stand in one line."""


def _policy(policy: RegistrationPolicy) -> RegistrationPolicy:
    """The same, closing on a day before the lecture: later may be after its end, which a file can't say."""
    rule = policy.closes
    return (
        replace(policy, closes=replace(rule, days_before=max(1, rule.days_before)))
        if isinstance(rule, ClosingRule)
        else policy
    )


@st.composite
def readable_series(draw: st.DrawFn) -> Series:
    """A series of which everything is as a file can say it, with any texts and any timing of its posts."""
    made = draw(generated.series())
    pages = st.none() | st.just(_PAGE)
    expects = draw(_EXPECTED)
    return replace(
        made,
        expects=expects,
        name=draw(lines),
        language=draw(st.sampled_from(["ja", "en"])),
        registration=_policy(made.registration),
        links=replace(made.links, page=draw(pages)) if draw(st.booleans()) else Links(),
        organizers=tuple(draw(st.lists(st.builds(Person, lines, st.none() | lines), max_size=2))),
        timings={stage: timing for stage in Stage if (timing := draw(_timings(stage)))},
        settling={news: span for news in News if (span := draw(_settling(news))) is not None},
        closes_posts=draw(st.booleans()),
        holidays=frozenset(draw(st.lists(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=2))),
        lectures=tuple(
            replace(_readable(draw(_texted(each)), made.timezone), expects=draw(_otherwise(expects)))
            for each in made.lectures
        ),
    )


_EXPECTED: Final = st.frozensets(st.sampled_from(Expected))


def _otherwise(expects: frozenset[Expected]) -> st.SearchStrategy[frozenset[Expected] | None]:
    """What is expected of a lecture, if that is otherwise."""
    return st.none() | _EXPECTED.filter(lambda each: each != expects)


def _timings(stage: Stage) -> st.SearchStrategy[Timing | None]:
    usual = TIMINGS[stage]
    if stage is Stage.CLOSING_SOON:
        others = st.integers(1, 168).map(lambda hours: Timing(before=timedelta(hours=hours)))
    elif stage is Stage.STARTING:
        others = st.integers(1, 1440).map(lambda minutes: Timing(before=timedelta(minutes=minutes)))
    else:
        days = st.integers(1, 60) if usual.days else st.just(0)
        others = st.builds(Timing, days, st.sampled_from([time(0), time(9, 30)]))
    return st.none() | st.just(usual) | others


def _settling(news: News) -> st.SearchStrategy[timedelta | None]:
    if news in (News.POSTPONED, News.CANCELLED):
        return st.sampled_from([None, SETTLING[news]])
    return st.none() | st.integers(0, 1440).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def _texted(draw: st.DrawFn, lecture: Lecture) -> Lecture:
    title, notes = draw(st.none() | lines), draw(st.none() | localized)
    return replace(lecture, title=title, notes=notes, summary=draw(st.none() | localized))


def _readable(lecture: Lecture, zone: ZoneInfo) -> Lecture:
    """The lecture without instants that clocks show for the second time, and without a deadline after its end."""
    starts, ends, closes = lecture.starts, lecture.ends, lecture.registration.closes
    day = lecture.day
    if starts and starts.fold:
        starts, ends, day = None, None, None
    if ends and ends.fold:
        ends = None
    over_at = ends or (datetime.combine(day + timedelta(days=1), time(), zone) if day else None)
    if isinstance(closes, datetime):
        closes = closes.astimezone(zone)
        if closes.fold or (over_at and closes.astimezone(UTC) > over_at.astimezone(UTC)):
            closes = None
    registration = replace(lecture.registration, closes=closes)
    return replace(lecture, day=day, starts=starts, ends=ends, registration=registration)
