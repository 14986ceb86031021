"""The organizers' weekly digest: on Monday morning, what is missing and what troubles the bot; if all is well, none."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.announcements.post import AlertSubject, DigestSubject
from bot.cards.missing import lectures_lacking, missing_entries, missing_sentence
from bot.cards.view import View
from bot.domain.message import Action, Listing, Message, Part, Section
from bot.domain.missing import to_ask_for
from bot.domain.series import Series

_AT: Final = time(9)
_A_WEEK: Final = timedelta(days=7)

_MOST: Final = 8
"""Lectures that the digest goes into; the others are behind its button."""


def digest_due(series: Series, now: datetime) -> DigestSubject | None:
    """The digest of this week, from Monday 09:00 of the series until a day later."""
    subject = _of_week(series, now)
    return subject if subject.due.astimezone(UTC) <= now < subject.until.astimezone(UTC) else None


def next_digest(series: Series, now: datetime) -> datetime:
    """The next moment after `now` at which a digest is due."""
    due = _of_week(series, now).due
    return due if due.astimezone(UTC) > now else _of_week(series, now + _A_WEEK).due


def digest(troubles: Sequence[AlertSubject], view: View) -> Message:
    """What is missing at `view.now`, the most pressing in the first line, and what troubles the bot."""
    say, found = view.say, to_ask_for(view.series, view.now)
    parts: list[Part] = []
    if troubles:
        told = tuple((say(each.phrase, **each.values),) for each in troubles)
        parts.append(Section(say("missing.troubles"), told, bulleted=True))
    if found:
        numbers = lectures_lacking(found)[:_MOST]
        shown = [each for each in found if each.lecture in numbers]
        parts.append(Listing(say("missing.title"), missing_entries(shown, view)))
    headline = missing_sentence(found, view) if found else say("digest.troubles", count=len(troubles))
    return Message(headline, tuple(parts), actions=(Action(say("action.todo"), "admin todo"),))


def _of_week(series: Series, now: datetime) -> DigestSubject:
    today = series.today(now)
    monday = today - timedelta(days=today.weekday())
    year, week, _ = monday.isocalendar()
    due, until = (datetime.combine(day, _AT, series.timezone) for day in (monday, monday + timedelta(days=1)))
    return DigestSubject(f"{year}-W{week:02}", due, until)
