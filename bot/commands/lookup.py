"""From what a person typed to the lecture that is meant, or to the reply that asks which."""

from collections.abc import Iterable

from bot.cards.lecture import heading
from bot.commands.question import Question
from bot.commands.replies import Outcome, Reply
from bot.content import Choice, Option, When
from bot.domain.lecture import Lecture
from bot.domain.which import match
from bot.phrases import written

MOST_OPTIONS = 25
"""Lectures offered to choose from: as many as a menu holds on the strictest platform (Discord)."""


def lecture_meant(question: Question) -> Lecture | Reply:
    """The lecture that the question's argument names; if it names none or several, a reply that offers some."""
    typed, say = question.invocation.argument, question.say
    found = match(question.series, typed, question.now)
    if len(found.lectures) == 1:
        return found.lectures[0]
    if found.lectures:
        return Reply(
            headline=say("lookup.several", typed=typed, count=len(found.lectures)),
            choice=lecture_choice(found.lectures, question),
        )
    headline = say("lookup.none", typed=typed)
    if not found.nearest:
        return Reply(headline=headline, note=say("lookup.hint"), outcome=Outcome.NOT_FOUND)
    return Reply(
        headline=say("lookup.none_but_near", none=headline),
        choice=lecture_choice(found.nearest, question),
        note=say("lookup.hint"),
        outcome=Outcome.NOT_FOUND,
    )


def lecture_choice(lectures: Iterable[Lecture], question: Question, command: str | None = None) -> Choice:
    """A choice among lectures; choosing one runs `command`, by default the one that was asked."""
    name = command or question.invocation.command
    options = tuple(_option(lecture, name, question) for lecture in lectures)[:MOST_OPTIONS]
    return Choice(question.say("lookup.prompt"), options)


def _option(lecture: Lecture, command: str, question: Question) -> Option:
    details = []
    if lecture.day:
        details.append(written(When(lecture.day), question.language))
    if lecture.speaker:
        details.append(lecture.speaker.name.into(question.language))
    return Option(heading(lecture, question), f"{command} {lecture.number}", " · ".join(details))
