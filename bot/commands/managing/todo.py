"""`/admin todo`: what is missing, lecture by lecture, and what troubles the bot."""

from typing import Final

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
    troubles = await _troubles(act, management)
    if troubles and question.page == 1:
        parts.append(Section(say("missing.troubles"), troubles, bulleted=True))
    if found:
        shown = [each for each in found if each.lecture in page.items]
        parts.append(Listing(say("missing.title"), missing_entries(shown, question)))
    if found:
        headline = missing_sentence(found, question)
    else:
        headline = say("digest.troubles", count=len(troubles)) if troubles else say("missing.nothing")
    looks = tuple(Action(say("lecture.number", number=number), f"lecture {number}") for number in page.items)
    return Reply(headline, tuple(parts), actions=(*looks, *page.actions), note=page.note)


async def _troubles(act: Act, management: Management) -> tuple[Text, ...]:
    say, series = act.question.say, act.question.series
    pause = await management.operations.paused()
    held = [say.text("overview.paused", by=pause.by, since=When(series.local(pause.since)))] if pause else []
    return (*held, *((each,) for each in management.operations.troubles(act.question.language)))
