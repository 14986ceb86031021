"""Lectures that people may have expected, and that won't take place as they were planned."""

from bot.cards.view import View
from bot.content import Text, When
from bot.domain.lecture import Lecture, Phase


def passed_over(lecture: Lecture, view: View) -> tuple[Text, ...]:
    """Cancelled and postponed lectures that people may have expected before this one."""
    series = view.series
    begins = series.begins(lecture)
    sentences = []
    for each in series.lectures:
        over_at, earlier = series.over_at(each), series.begins(each)
        if not over_at or not earlier or not begins or not view.now < over_at or earlier > begins:
            continue
        phase = each.phase(view.now)
        if phase in (Phase.CANCELLED, Phase.POSTPONED):
            when = (When(each.day),) if each.day else ()
            sentences.append(view.say.text(f"next.{phase}", number=each.number, when=when))
    return tuple(sentences)
