"""Completion of lectures while a person types."""

from datetime import datetime

from bot.cards.lecture import heading
from bot.cards.people import names
from bot.cards.view import View
from bot.commands.lookup import found_lectures
from bot.commands.positions import number_meant
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.message import Option, When
from bot.domain.series import Series
from bot.domain.text import folded
from bot.i18n import written


def suggestions(series: Series, now: datetime, typed: str, language: Language, most: int) -> tuple[Option, ...]:
    """At most `most` lectures that `typed` may become: by number, id, title or speaker; with nothing typed, what is
    near.

    An option's `line` is the lecture's id, which is what gets filled in.
    """
    number = number_meant(typed)
    if not folded(typed):
        found = [*series.upcoming(now), *series.past(now)]
    elif number is not None and any(each.number is not None for each in series.lectures):
        found = [lecture for lecture in series.lectures if str(lecture.number).startswith(str(number))]
    elif begun := [lecture for lecture in series.lectures if lecture.id.casefold().startswith(folded(typed))]:
        found = begun
    else:
        found = [*found_lectures(series, typed, now)]
    view = View(series, series.local(now), language)
    return tuple(_option(lecture, view) for lecture in found[:most])


def _option(lecture: Lecture, view: View) -> Option:
    say, language = view.say, view.language
    parts = [heading(lecture, view)]
    if lecture.people:
        parts.append(names(lecture.people, say))
    parts.append(written(When(lecture.day), language) if lecture.day else say("date.undecided"))
    return Option(" · ".join(parts), lecture.id)
