"""What was asked of a lecture, which the first line of the answer says: where, when, who."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.cards.dates import brief_date
from bot.cards.lecture import named
from bot.cards.naming import reference
from bot.cards.people import everybody
from bot.cards.venues import venue_name
from bot.commands.context import QueryContext
from bot.commands.following import begun
from bot.commands.question_words import Aspect
from bot.commands.sentences import aspect_asked
from bot.domain.lecture import TO_COME, Lecture, Mode, Phase
from bot.domain.message import When
from bot.i18n import written


def told(lecture: Lecture, query: QueryContext) -> str | None:
    """What was asked of a lecture that takes place or took place; None if nothing in particular was."""
    aspect = query.invocation.settings.get("asked") or aspect_asked(query.invocation.argument)
    say_it = _ASPECTS.get(aspect or "")
    if not say_it or lecture.phase(query.now) in (Phase.CANCELLED, Phase.POSTPONED):
        return None
    return begun(say_it(lecture, query))


def _tense(lecture: Lecture, query: QueryContext) -> str:
    return "past" if lecture.phase(query.now) is Phase.OVER else "present"


def _place(lecture: Lecture, query: QueryContext) -> str:
    say, name = query.say, named(lecture, query)
    if lecture.mode is Mode.ONLINE and not lecture.venue:
        return say(f"asked.online_{_tense(lecture, query)}", lecture=name)
    if not lecture.venue:
        return say("asked.place_unknown", lecture=name)
    ahead = lecture.phase(query.now) in TO_COME
    venue = lecture.venue if ahead else replace(lecture.venue, tentative=False)
    place = venue_name(venue, say, unusual=ahead and query.series.is_unusual(lecture))
    if lecture.mode in (Mode.HYBRID, Mode.ONLINE):
        place = say("asked.and_online", place=place)
    return say(f"asked.place_{_tense(lecture, query)}", lecture=name, place=place)


def _time(lecture: Lecture, query: QueryContext) -> str:
    name = named(lecture, query)
    if not lecture.day:
        return query.say("lecture.undated", lecture=name)
    when = "".join(
        written(span, query.language) if isinstance(span, When) else str(span) for span in brief_date(lecture, query)
    )
    return query.say(f"asked.time_{_tense(lecture, query)}", lecture=name, when=when)


def _speaker(lecture: Lecture, query: QueryContext) -> str:
    say, name = query.say, reference(replace(lecture, speakers=()), query.say)
    if not lecture.people:
        return say("asked.speaker_unknown", lecture=name)
    speakers = everybody(lecture.people, say)
    return say(f"asked.speaker_{_tense(lecture, query)}", lecture=name, speakers=speakers, count=len(lecture.people))


_ASPECTS: Final[Mapping[str, Callable[[Lecture, QueryContext], str]]] = {
    Aspect.PLACE: _place,
    Aspect.TIME: _time,
    Aspect.SPEAKER: _speaker,
}
