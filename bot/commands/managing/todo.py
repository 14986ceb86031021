"""`/admin todo`: what is missing, lecture by lecture, and what troubles the bot."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.announcements.pause import Pause
from bot.cards.missing import lectures_lacking, missing_entries, missing_sentence
from bot.commands.office import Act, Management
from bot.commands.paging import page_of
from bot.commands.replies import Reply
from bot.content import Action, Listing, Part, Section, Text, When
from bot.domain.missing import missing

_LECTURES: Final = 5
"""Lectures on one page, each of which may lack several things."""


async def todo(act: Act, management: Management) -> Reply:
    """First what troubles the bot, then what is missing; each lecture can be looked at by a button."""
    question, say = act.question, act.question.say
    found = missing(question.series, question.now)
    page = page_of(lectures_lacking(found), _LECTURES, question)
    parts: list[Part] = []
    pause = await management.operations.paused()
    troubles = management.operations.troubles(question.language)
    if question.page == 1:
        parts += _troubles(pause, troubles, act)
    if found:
        shown = [each for each in found if each.lecture in page.items]
        parts.append(Listing(say("missing.title"), missing_entries(shown, question)))
    looks = tuple(
        Action(say("lecture.heading_without_title", number=number), f"lecture {number}") for number in page.items
    )
    if found:
        headline = missing_sentence(found, question)
    elif troubles:
        headline = say("digest.troubles", count=len(troubles))
    else:
        headline = say("overview.is_paused" if pause else "missing.nothing")
    return Reply(headline, tuple(parts), actions=(*looks, *page.actions), note=page.note)


def _troubles(pause: Pause | None, troubles: Sequence[str], act: Act) -> Iterator[Section]:
    say, series = act.question.say, act.question.series
    held: list[Text] = []
    if pause:
        held.append(say.text("overview.paused", by=pause.by, since=When(series.local(pause.since))))
    if held or troubles:
        told = (*held, *((each,) for each in troubles))
        yield Section(say("missing.troubles"), told, bulleted=True)
