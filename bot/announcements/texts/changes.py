"""News in words: first line, what was and what is, and the lecture as it stands now.

News are worded from what the public knew and from the schedule as it is, whenever that is: what was changed once more
meanwhile, or taken back, is never told as it was in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.announcements.news import WEIGHTIEST_FIRST, kind_of_news
from bot.announcements.post import ChangeSubject
from bot.announcements.state import NewsItem
from bot.announcements.texts.sentences import (
    changed_headline,
    joined,
    listed_headline,
    several_listed_headline,
    taken_back_headline,
)
from bot.cards.changes import change_lines, material_links
from bot.cards.lecture import View, heading, lecture_card, list_entry, person
from bot.domain.changes import Aspect, Change, MaterialChange, changes, effective, new_materials
from bot.domain.lecture import Field, Lecture
from bot.domain.message import Card, Fact, Listing, Message, Part, Section, When
from bot.domain.reminder_times import News
from bot.domain.series import Series
from bot.domain.severity import Severity, severity

_WHEN = frozenset({Field.STATUS, Field.STARTS, Field.ENDS})
_FAMILIES: Final[tuple[frozenset[Aspect], ...]] = (
    _WHEN | {Field.DEADLINE},
    frozenset({Field.VENUE, Field.ROOM, Field.VENUE_TENTATIVE}),
    frozenset({Field.SUMMARY, Field.ABSTRACT}),
    frozenset({Field.MATERIALS, MaterialChange.REPLACED}),
)
"""Aspects that answer one question: what was told of one may have become a matter of another. A deadline follows from
the date, but no date from a deadline."""

_WITHOUT_LINES = frozenset({News.REGISTRATION_OPENED, News.LISTED, News.MATERIALS})
"""Kinds of which first line and card say everything."""


def tidings(subject: ChangeSubject, items: Mapping[int, NewsItem], view: View) -> Message:
    """The post of these news as it is right at `view.now`, without anything to press but links."""
    told = [items[each] for each in subject.news if each in items]
    there = [(each, lecture) for each in told if (lecture := view.series.lecture(each.number))]
    if not there:
        named = [view.say("post.subject", number=number) for number in subject.lectures]
        return Message(view.say("post.removed", subject=view.say("join.and").join(named)))
    new = [lecture for each, lecture in there if each.before is None]
    if len(new) == len(there) > 1:
        entries = tuple(list_entry(lecture, view, lasting=True) for lecture in new)
        return Message(several_listed_headline(new, view), (Listing(view.say("news.listed_title"), entries),))
    messages = [_tiding(each, lecture, view) for each, lecture in there]
    headline = joined([each.headline for each in messages], view)
    return Message(headline, tuple(part for each in messages for part in each.parts))


def still_news(item: NewsItem, series: Series) -> bool:
    """Whether anything that the news told of still differs from what was known before."""
    lecture = series.lecture(item.number)
    return lecture is not None and bool(_still_different(item, lecture, series))


def _tiding(item: NewsItem, lecture: Lecture, view: View) -> Message:
    lecture = _with_its_materials(lecture, item)
    card = lecture_card(lecture, view, lasting=True, materials=News.MATERIALS in item.kinds)
    if item.before is None:
        return Message(listed_headline(lecture, view), (card,))
    found = _still_different(item, lecture, view.series)
    if not found:
        return Message(taken_back_headline(item.kinds[0], lecture, view), (card,))
    shown = {kind_of_news(each) for each in found}
    parts: tuple[Part, ...] = (card,)
    if shown == {News.MATERIALS}:
        parts = (_materials_card(item.before, lecture, view),)
    elif not shown <= _WITHOUT_LINES:
        parts = (Section(view.say("news.changes_title"), change_lines(found, view), bulleted=True), card)
    weightiest = sorted(found, key=lambda each: WEIGHTIEST_FIRST.index(kind_of_news(each)))
    aspects, present = [each.aspect for each in weightiest], effective(lecture, view.series)
    return Message(changed_headline(aspects, item.before, present, view), parts)


def _with_its_materials(lecture: Lecture, item: NewsItem) -> Lecture:
    """The lecture with none of the materials that came later: those are told of by posts of their own."""
    told = (*(item.before.materials if item.before else ()), *(item.after.materials if item.after else ()))
    known = {each.url for each in told} | {each.label for each in told}
    return replace(lecture, materials=tuple(each for each in lecture.materials if {each.url, each.label} & known))


def _still_different(item: NewsItem, lecture: Lecture, series: Series) -> Sequence[Change]:
    """What the news told of, as far as it still differs from what was known before.

    What changed later is told by later news. All is weighed for the moment of the news, so that a post doesn't change
    merely because time passes.
    """
    if item.before is None:
        return changes(None, effective(lecture, series), series)
    told = {
        each.aspect
        for each in _worth_telling(item.before, item.after, item, series)
        if kind_of_news(each) in item.kinds
    }
    for family in _FAMILIES:
        if told & (_WHEN if family & _WHEN else family):
            told |= family
    present = effective(lecture, series)
    return [each for each in _worth_telling(item.before, present, item, series) if each.aspect in told]


def _worth_telling(before: Lecture, after: Lecture | None, item: NewsItem, series: Series) -> list[Change]:
    found = changes(before, after, series)
    return [each for each in found if severity(each, series, item.settled_at) >= Severity.NOTICE]


def _materials_card(before: Lecture, lecture: Lecture, view: View) -> Card:
    """What was published, to be pressed, under the name of its lecture."""
    say = view.say
    facts = [Fact(say("label.date"), (When(lecture.day),))] if lecture.day else []
    facts += [Fact(say("label.speaker"), (person(lecture.speaker, say),))] if lecture.speaker else []
    return Card(
        heading(lecture, view),
        facts=tuple(facts),
        links=material_links(new_materials(before, lecture), view),
    )
