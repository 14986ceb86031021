"""Dates that organizers type, as edits; and what is to be asked about them, in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from babel.dates import get_day_names

from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError, refuse_secrets, shown
from bot.commands.admin.fields.texts import cleaned
from bot.domain.date_parsing import NotADateError, parse_date
from bot.domain.date_scanning import written_date
from bot.domain.dates import FAR, weekday_sign
from bot.domain.edits import FieldEdit
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Text, When
from bot.domain.written_date import Oddity, Query, WrittenDate
from bot.i18n import Phrases, written

_WEEKEND: Final = (5, 6)


def lecture_date(text: str, lecture: Lecture, view: View) -> WrittenDate:
    """The date that is typed for a lecture; what of its `queries` is asked is `query_text`. Raises FieldError."""
    typed = cleaned(text)
    refuse_secrets(typed)
    if not typed:
        raise FieldError("unusable.empty")
    others = [each.day for each in view.series.lectures if each.day and each.id != lecture.id]
    try:
        meant = written_date(typed, now=view.now, current=lecture, others=others)
    except NotADateError as refused:
        raise not_a_date(refused, view, example_date(view)) from None
    odd = [*_past_again(meant, lecture, view), *_day_off(meant, typed, lecture, view)]
    return replace(meant, queries=(*meant.queries, *odd))


def own_date(lecture: Lecture, view: View) -> WrittenDate | None:
    """The date that a lecture which was called off has had, to be asked about before it takes place on it after all."""
    if not lecture.day:
        return None
    starts, ends = lecture.starts, lecture.ends
    nights = (ends.date() - starts.date()).days if starts and ends else 0
    times = (starts.time() if starts else None, ends.time() if starts and ends else None)
    meant = WrittenDate(lecture.day, *times, nights=nights)
    return replace(meant, queries=tuple(_past_again(meant, lecture, view)))


def _past_again(meant: WrittenDate, lecture: Lecture, view: View) -> Iterator[Query]:
    """That a lecture which was called off would take place on a day of its own that is past."""
    if lecture.status is not Status.PLANNED and lecture.day == meant.day < view.now.date():
        yield Query(Oddity.PAST, {"day": meant.day})


def _day_off(meant: WrittenDate, typed: str, lecture: Lecture, view: View) -> Iterator[Query]:
    """That people are not at work on that day, unless the lecture is on it already.

    A weekend is not odd with its weekday written beside it, nor in a series that has others on weekends.
    """
    day = meant.day
    if day == lecture.day:
        return
    if day in view.series.holidays:
        yield Query(Oddity.HOLIDAY, {"day": day})
    elif day.weekday() in _WEEKEND and parse_date(typed).weekday is None:
        others = (each.day for each in view.series.lectures if each.day)
        if all(each.weekday() not in _WEEKEND for each in others):
            yield Query(Oddity.WEEKEND, {"day": day})


def date_edits(meant: WrittenDate, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The lecture's new date. A day far from those of its neighbours is written with its weekday, which confirms it.

    For a date about which nothing is left to ask but what is acceptable. A deadline of its own that does not go with
    the new date is given up for that by the rule.
    """
    far = any(abs(meant.day - day) > FAR for day in _neighbours(lecture, view))

    def edits() -> Iterator[FieldEdit]:
        if (meant.day, meant.start) != (lecture.day, lecture.starts.time() if lecture.starts else None):
            yield FieldEdit(lecture.id, ("starts",), in_file(meant.day, meant.start, view, confirmed=far))
        ends = in_file(meant.last_day, meant.end, view) if meant.length else None
        if ends != (f"{lecture.ends:%Y-%m-%dT%H:%M}" if lecture.ends else None):
            yield FieldEdit(lecture.id, ("ends",), ends)
        closes = lecture.registration.closes
        if isinstance(closes, datetime) and not _goes_with(closes, meant, view):
            yield FieldEdit(lecture.id, ("registration", "closes"), None)

    return tuple(edits())


def _goes_with(closes: datetime, meant: WrittenDate, view: View) -> bool:
    """Whether a deadline is sensible for a lecture on that date."""
    return closes.astimezone(UTC) <= _over_at(meant, view) and meant.day - closes.date() <= FAR


def _over_at(meant: WrittenDate, view: View) -> datetime:
    if meant.end is not None:
        return datetime.combine(meant.last_day, meant.end, view.series.timezone)
    return datetime.combine(meant.day + timedelta(days=1), time(), view.series.timezone)


def _neighbours(lecture: Lecture, view: View) -> Iterator[date]:
    """The days of the two lectures before and the two after, by number: those with which the file compares."""
    others = [each for each in view.series.lectures if each.day or each.id == lecture.id]
    ids = [each.id for each in others]
    here = ids.index(lecture.id) if lecture.id in ids else len(ids)
    near = (*others[max(here - 2, 0) : here], *others[here + 1 : here + 3])
    yield from (each.day for each in near if each.day)


def in_file(day: date, at: time | None, view: View, *, confirmed: bool = False) -> str:
    """A date as the file writes it, with its weekday if that is to confirm it."""
    written_day = day.isoformat()
    if confirmed:
        written_day += f"({weekday_sign(day, japanese=view.series.language == 'ja')})"
    return written_day if at is None else f"{written_day}T{at:%H:%M}"


def example_date(view: View) -> str:
    """A date of about four weeks from now, as most people write one."""
    day = view.series.working_day(view.now.date() + timedelta(weeks=4))
    return f"{day.month}/{day.day} 13:00-17:00"


def not_a_date(refused: NotADateError, view: View, example: str) -> FieldError:
    """Why a text is no date, with one that is."""
    return FieldError(
        f"unusable.date_{refused.reason}", example, typed=shown(refused.part), zone=view.series.timezone.key
    )


def query_text(query: Query, say: Phrases) -> Text:
    """What is odd about a date, as a sentence."""
    values = {name: _value(value, say) for name, value in query.values.items()}
    return say.text(f"query.{query.oddity}", **values)


def date_label(meant: WrittenDate, view: View) -> str:
    """A date as a button shows it, in the reader's language, with weekday."""
    zone = view.series.timezone
    if not meant.start:
        return written(When(meant.day), view.language)
    starts = datetime.combine(meant.day, meant.start, zone)
    ends = None if meant.end is None else datetime.combine(meant.last_day, meant.end, zone)
    return written(When(starts, ends), view.language)


def _value(value: date | time | int, say: Phrases) -> str | When:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return When(value)
    return str(get_day_names("wide", locale=say.language)[value])
