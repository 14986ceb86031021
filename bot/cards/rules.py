"""The house rules as sections of text, as far as they apply."""

from collections.abc import Collection
from functools import reduce
from typing import Final

from bot.cards.view import View
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode
from bot.domain.message import Section, Text


def all_rules(view: View) -> tuple[Section, ...]:
    """Everything there is to know about taking part."""
    rules = view.series.rules
    return _sections(
        view,
        registration=rules.registration,
        in_person=rules.in_person,
        online=rules.online,
        everyone=rules.everyone,
    )


MOST_RULES: Final = 2
"""Rules that stand below a form; `/howto` has all of them."""


def registration_rules(lectures: Collection[Lecture], view: View) -> tuple[Text, ...]:
    """What those who register for these lectures need to know first, as a paragraph; nothing if there are none."""
    if not lectures:
        return ()
    rules = view.series.rules
    in_person = rules.in_person if any(lecture.mode is not Mode.ONLINE for lecture in lectures) else ()
    online = rules.online if any(lecture.mode is not Mode.IN_PERSON for lecture in lectures) else ()
    first = [each.into(view.language) for each in (*rules.registration, *in_person, *online)[:MOST_RULES]]
    return ((reduce(lambda one, two: view.say("join.sentences", first=one, second=two), first),),) if first else ()


def day_rules(lectures: Collection[Lecture], view: View) -> tuple[Section, ...]:
    """What matters on the day itself to those online, in one paragraph; of what holds for everyone only the first."""
    rules = view.series.rules
    if not rules.online or all(lecture.mode is Mode.IN_PERSON for lecture in lectures):
        return ()
    sentences = [each.into(view.language) for each in (*rules.online, *rules.everyone[:1])]
    paragraph = sentences[0]
    for each in sentences[1:]:
        paragraph = view.say("join.sentences", first=paragraph, second=each)
    return (Section(view.say("howto.online"), ((paragraph,),)),)


def _sections(view: View, **by_audience: tuple[Localized, ...]) -> tuple[Section, ...]:
    return tuple(
        Section(
            view.say(f"howto.{audience}"),
            tuple((sentence.into(view.language),) for sentence in sentences),
            bulleted=True,
        )
        for audience, sentences in by_audience.items()
        if sentences
    )
