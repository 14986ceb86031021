"""When a lecture takes place: in full, in a line, in a sentence."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.cards.view import View
from bot.domain.lecture import Lecture, Phase, Status
from bot.domain.message import Text, When
from bot.i18n import Phrases, written

_SAME_YEAR: Final = timedelta(days=300)
"""A day that is nearer than this is known without its year."""


def countdown(lecture: Lecture, view: View) -> str:
    """How far away a lecture with a date is: under way, today, tomorrow, or in so many days."""
    say = view.say
    if not lecture.day or lecture.phase(view.now) is Phase.UNDER_WAY:
        return say("countdown.under_way")
    days = (lecture.day - view.now.date()).days
    if days == 0:
        return say("countdown.today")
    return say("countdown.tomorrow") if days == 1 else say("countdown.days", count=days)


def spoken_day(lecture: Lecture, view: View) -> str:
    """The day of a lecture in a sentence: today, tomorrow with its date, or its date."""
    if not lecture.day:
        return view.say("date.undecided")
    days = (lecture.day - view.now.date()).days
    if days == 0:
        return view.say("countdown.today")
    day = day_said(lecture.day, view)
    return view.say("date.tomorrow", day=day) if days == 1 else day


def day_said(day: date, view: View) -> str:
    """A day with its weekday in a sentence."""
    return written(near(When(day), view), view.language)


def moment_said(moment: datetime, view: View) -> str:
    """An instant in a sentence, without the zone, which its readers share: 4/24(水) 正午."""
    return view.say("date.moment", day=day_said(moment.date(), view), time=time_said(moment, view))


def time_said(instant: datetime, view: View) -> str:
    """The time of day, noon by its name."""
    return view.say("date.noon") if instant.time() == time(12) else f"{instant:%H:%M}"


def date_text(lecture: Lecture, say: Phrases) -> Text:
    """When the lecture takes place, saying so as far as that is undecided."""
    if lecture.status is Status.POSTPONED:
        return (say("date.postponed"),)
    if lecture.starts:
        return (When(lecture.starts, lecture.ends),)
    if lecture.day:
        return say.text("date.time_undecided", day=When(lecture.day))
    return (say("date.undecided"),)


def near(when: When, view: View) -> When:
    """The time without its year, where everybody knows that."""
    day = when.starts.date() if isinstance(when.starts, datetime) else when.starts
    return replace(when, with_year=abs(day - view.now.date()) >= _SAME_YEAR)


def brief(when: When, view: View) -> When:
    """The time as it stands in a line with others: without its zone, and where it is near without its year."""
    return replace(near(when, view), with_zone=False)


def brief_date(lecture: Lecture, view: View) -> Text:
    """When the lecture takes place, briefly, saying so as far as that is undecided."""
    spans = date_text(lecture, view.say)
    return tuple(brief(span, view) if isinstance(span, When) else span for span in spans)
