"""What lectures are called in a sentence."""

from collections.abc import Iterable

from bot.cards.people import names
from bot.domain.language import Localized
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.i18n import Phrases, day_and_month


def topic(lecture: Lecture, say: Phrases) -> str | None:
    """What it is about in a line: its title or, without one, that of its talk or how many talks there are."""
    title = sole_title(lecture)
    if title:
        return title.into(say.language)
    return say("talks.count", count=len(lecture.talks)) if lecture.talks else None


def sole_title(lecture: Lecture) -> Localized | None:
    """The title or, without one, that of its only talk."""
    return lecture.title or (lecture.talks[0].title if len(lecture.talks) == 1 else None)


def has_name(lecture: Lecture) -> bool:
    """Whether it has a label or a number to be called by."""
    return lecture.label is not None or lecture.number is not None


def reference(lecture: Lecture, say: Phrases, *, alone: bool = True) -> str:
    """A lecture as a sentence calls it: by its label, else its number, its title, its day and speaker, its id.

    Unless it stands `alone`, day and speaker are told beside it.
    """
    if lecture.label:
        return lecture.label.into(say.language)
    if lecture.number is not None:
        return say.numbered(lecture.number)
    if title := sole_title(lecture):
        return say("lecture.titled", title=" ".join(title.into(say.language).split()))
    if not alone:
        return say("lecture.one")
    day = day_and_month(lecture.day, say.language) if lecture.day else ""
    speaker = names(lecture.people, say) if lecture.people else ""
    if day:
        return say("lecture.on_day_by", day=day, speaker=speaker) if speaker else say("lecture.on_day", day=day)
    return say("lecture.by", speaker=speaker) if speaker else say("lecture.titled", title=lecture.id)


def referred(id: str, series: Series, say: Phrases) -> str:  # noqa: A002 - as the lecture calls it
    """The same of the lecture with that id, which may be gone from the schedule."""
    lecture = series.lecture(id)
    if lecture:
        return reference(lecture, say)
    return by_id(id, say)


def by_id(id: str, say: Phrases) -> str:  # noqa: A002 - as the lecture calls it
    """What it is called if nothing but its id is known."""
    return say.numbered(int(id)) if id.isdecimal() else id


def references(ids: Iterable[str], series: Series, say: Phrases) -> str:
    """Several lectures in a row: 第9回、第11回; lectures 9 and 11."""
    several = [*ids]
    found = [series.lecture(each) for each in several]
    numbers = [str(each.number) for each in found if each and each.number is not None and not each.label]
    if 1 < len(several) == len(numbers) and say.noun.is_counted_alike:
        return say("lecture.numbers", numbers=_in_a_row(numbers, say))
    return _in_a_row([referred(each, series, say) for each in several], say)


def _in_a_row(parts: list[str], say: Phrases) -> str:
    *first, last = parts
    return say("join.last", first=say("join.comma").join(first), last=last) if first else last


def heading(lecture: Lecture, say: Phrases, *, awaited: bool) -> str:
    """What it is called and its title, saying so if the title is tentative or, if one is `awaited`, to be announced."""
    title = topic(lecture, say)
    if has_name(lecture):
        name = reference(lecture, say)
        if not title:
            return say("lecture.heading_untitled" if awaited else "lecture.heading_without_title", lecture=name)
        phrase = "lecture.heading_tentative" if lecture.title_tentative else "lecture.heading"
        return say(phrase, lecture=name, title=title)
    if not title:
        return say("lecture.heading_without_title", lecture=reference(lecture, say))
    return say("lecture.title_tentative", title=title) if lecture.title_tentative else title
