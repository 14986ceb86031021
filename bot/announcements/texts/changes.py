"""News in words: first line, what was and what is, and the lecture as it stands now.

News are worded from what the public knew and from the schedule as it is, whenever that is: what was changed once more
meanwhile, or taken back, is never told as it was in between.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Final

from bot.announcements.news_kinds import kind_of_news
from bot.announcements.post import ChangeSubject
from bot.announcements.state import NewsItem
from bot.announcements.texts.clauses import MOST_IMPORTANT_FIRST
from bot.announcements.texts.listed import listed_headline, several_listed_headline, several_opened_headline
from bot.announcements.texts.materials import materials_sentence
from bot.announcements.texts.naming import joined, say_row
from bot.announcements.texts.registration import is_usable
from bot.announcements.texts.sentences import Told, changed_headline
from bot.announcements.texts.taken_back import taken_back_headline, undone
from bot.cards.abstract import excerpt
from bot.cards.brief import brief_card, whole_card
from bot.cards.changes import change_lines, material_links
from bot.cards.lecture import heading
from bot.cards.listing import list_entry
from bot.cards.naming import referred
from bot.cards.view import View
from bot.domain.changes import Aspect, Change, MaterialChange, changes, new_materials, public, without_placeholder
from bot.domain.lecture import Field, Lecture, Status
from bot.domain.message import Card, Listing, Message, Part, Section
from bot.domain.reminder_times import TOGETHER, News, Stage
from bot.domain.reminders import stages
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

_TEXTS: Final = frozenset({Field.SUMMARY, Field.ABSTRACT})
_IN_FIRST_LINE: Final = 4
"""Changes that a first line has room for."""


def change_post(subject: ChangeSubject, items: Mapping[int, NewsItem], view: View) -> Message:
    """The post of these news as it is right at `view.now`, without anything to press but links."""
    told = [items[each] for each in subject.news if each in items]
    there = [(each, lecture) for each in told if (lecture := view.series.lecture(each.lecture))]
    if not there:
        names = [referred(each, view.series, view.say) for each in subject.lectures]
        return Message(joined([view.say("post.removed", subject=say_row(names, view))], view))
    new = [lecture for each, lecture in there if each.before is None]
    if len(new) == len(there) > 1:
        entries = tuple(list_entry(lecture, view, lasting=True) for lecture in new)
        return Message(several_listed_headline(new, view), (Listing(view.say("news.listed_title"), entries),))
    messages = [_tiding(each, lecture, items, view, alone=len(there) == 1) for each, lecture in there]
    parts = tuple(part for each in messages for part in each.parts)
    return Message(_together(there, view) or joined([each.headline for each in messages], view), parts)


def _together(told: Sequence[tuple[NewsItem, Lecture]], view: View) -> str:
    """The first line of several lectures of which the same is told; empty if each has a sentence of its own."""
    if len(told) == 1:
        return ""
    found = [(item, {each.aspect for each in _still_different(item, one, view.series)}) for item, one in told]
    if all(item.before and Field.FORM in aspects and not item.before.registration.url for item, aspects in found):
        return several_opened_headline([lecture for _, lecture in told], view)
    if all(aspects == {Field.MATERIALS} for _, aspects in found):
        return materials_sentence([(item.before, _with_its_materials(one, item)) for item, one in told], view)
    return ""


def _tiding(item: NewsItem, lecture: Lecture, items: Mapping[int, NewsItem], view: View, *, alone: bool) -> Message:
    """The news of one lecture; its cards go without a title where it is `alone`, since the first line names it."""
    lecture = _with_its_materials(lecture, item)
    if item.before is None:
        return Message(listed_headline(lecture, view), _card(item, lecture, view, alone=alone))
    found = _still_different(item, lecture, view.series)
    undoing = undone(item, sorted(items.values(), key=lambda each: each.settled_at), view)
    if not found or undoing:
        return Message(taken_back_headline(undoing or item, lecture, view), _row(lecture, view, alone=alone))
    shown = {kind_of_news(each) for each in found}
    if shown == {News.MATERIALS}:
        title = "" if alone else heading(lecture, view)
        parts: tuple[Part, ...] = (_materials_card(item.before, lecture, view, title),)
    else:
        cards = _card(item, lecture, view, alone=alone)
        below = _abstract(lecture, view) if {each.aspect for each in found} & _TEXTS else ()
        published = material_links(new_materials(item.before, lecture), view)
        if published:
            cards = tuple(replace(card, links=(*card.links, *published)) for card in cards or (Card(""),))
        parts = (*_lines(found, shown, view), *cards, *below)
    aspects = tuple(each.aspect for each in found if each.aspect in MOST_IMPORTANT_FIRST)
    told = Told(item.before, public(lecture, view.series, item.settled_at), aspects, view.series.local(item.settled_at))
    if Field.FORM in aspects and not is_usable(lecture, view) and shown == {News.REGISTRATION_OPENED}:
        parts = ()
    return Message(changed_headline(told, view), parts)


def _lines(found: Sequence[Change], shown: Collection[News], view: View) -> Iterator[Section]:
    """What was and what is, unless the first line says all of it."""
    if (News.CHANGED in shown and len(found) > 1) or len(found) > _IN_FIRST_LINE:
        yield Section(view.say("news.changes_title"), change_lines(found, view), bulleted=True)


def _card(item: NewsItem, lecture: Lecture, view: View, *, alone: bool) -> tuple[Card, ...]:
    """The whole card if the post stands for the one of a week before, or there will be none; else a row."""
    if lecture.status is Status.PLANNED and _is_first_look(item, lecture, view.series):
        return (whole_card(lecture, view),)
    return _row(lecture, view, alone=alone)


def _is_first_look(item: NewsItem, lecture: Lecture, series: Series) -> bool:
    settled = item.settled_at.astimezone(UTC)
    ahead = [each.due for each in stages(series, lecture) if each.stage is Stage.WEEK_BEFORE]
    if not ahead or ahead[0].astimezone(UTC) < settled:
        return item.before is None
    return ahead[0].astimezone(UTC) - settled <= TOGETHER


def _row(lecture: Lecture, view: View, *, alone: bool) -> tuple[Card, ...]:
    """When and where; nothing of a lecture that doesn't take place."""
    return (brief_card(lecture, view, titled=not alone),) if lecture.status is Status.PLANNED else ()


def _abstract(lecture: Lecture, view: View) -> tuple[Part, ...]:
    """The beginning of the abstract, or the summary."""
    text = excerpt(without_placeholder(lecture), view.language)
    return (Section(view.say("news.abstract_title"), text, quoted=True),) if text else ()


def _with_its_materials(lecture: Lecture, item: NewsItem) -> Lecture:
    """The lecture with none of the materials that came later: those are told of by posts of their own."""
    told = (*(item.before.all_materials if item.before else ()), *(item.after.all_materials if item.after else ()))
    known = {each.url for each in told} | {each.label for each in told}
    return lecture.with_materials(lambda each: bool({each.url, each.label} & known))


def _still_different(item: NewsItem, lecture: Lecture, series: Series) -> Sequence[Change]:
    """What the news told of, as far as it still differs from what was known before.

    What changed later is told by later news. All is weighed for the moment of the news, so that a post doesn't change
    merely because time passes.
    """
    if item.before is None:
        return changes(None, public(lecture, series, item.settled_at), series)
    told = {
        each.aspect
        for each in _worth_telling(item.before, item.after, item, series)
        if kind_of_news(each) in item.kinds
    }
    for family in _FAMILIES:
        if told & (_WHEN if family & _WHEN else family):
            told |= family
    present = public(lecture, series, item.settled_at)
    return [each for each in _worth_telling(item.before, present, item, series) if each.aspect in told]


def _worth_telling(before: Lecture, after: Lecture | None, item: NewsItem, series: Series) -> list[Change]:
    found = changes(before, after, series)
    return [each for each in found if severity(each, series, item.settled_at) >= Severity.NOTICE]


def _materials_card(before: Lecture, lecture: Lecture, view: View, title: str) -> Card:
    """What was published, to be pressed."""
    return Card(title, links=material_links(new_materials(before, lecture), view))
