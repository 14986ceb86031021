"""The house rules as sections of text, as far as they apply."""

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from typing import Final

from bot.cards.registration import form_links, join_links
from bot.cards.view import View
from bot.domain.deadlines import open_for_all
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode
from bot.domain.message import Link, Section, Text


def all_rules(view: View) -> tuple[Section, ...]:
    """Everything there is to know about taking part, with the form and the address that are those of all lectures."""
    rules = view.series.rules
    return _sections(
        view,
        registration=(*_form(view), *_told(rules.registration, view)),
        in_person=_told(rules.in_person, view),
        online=(*_join(view), *_told(rules.online, view)),
        everyone=_told(rules.everyone, view),
    )


def _form(view: View) -> Iterator[Text]:
    """The one form for all, while it can be used."""
    for lecture in open_for_all(view.series, view.now)[:1]:
        yield form_links(lecture, view)


def _join(view: View) -> Iterator[Text]:
    """The one address at which lectures to come are joined online."""
    address, ahead = view.series.join, view.series.upcoming(view.now)
    if address and any(join_links(each, view) and view.series.join_address(each) == address for each in ahead):
        yield (Link(view.say("join.online_brief"), address),)


def _told(rules: Iterable[Localized], view: View) -> Iterator[Text]:
    yield from ((each.into(view.language),) for each in rules)


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
    return (Section(view.say("howto.online"), ((paragraph,),), quoted=True),)


def _sections(view: View, **by_audience: Iterable[Text]) -> tuple[Section, ...]:
    told = {audience: tuple(lines) for audience, lines in by_audience.items()}
    return tuple(
        Section(view.say(f"howto.{audience}"), lines, bulleted=True, quoted=True)
        for audience, lines in told.items()
        if lines
    )
