"""What changed between two versions of a lecture, as far as it means something to a reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.lecture import Field, Lecture, Mode, Person, Status, Talk, Venue
from bot.domain.links import plain_link
from bot.domain.materials import Material
from bot.domain.registration import Closing
from bot.domain.series import Series
from bot.domain.text import is_placeholder, same_but_for_spelling, same_room, same_words, squeezed


class MaterialChange(StrEnum):
    """What happened to materials that were known before; new ones are a change of `Field.MATERIALS`."""

    REPLACED = "replaced"
    """Another link under the same label."""
    IN_PREPARATION = "in_preparation"
    RELABELLED = "relabelled"
    WITHDRAWN = "withdrawn"


Aspect = Field | MaterialChange
"""What of a lecture changed. `STATUS` includes the date, `STARTS` the end, `NUMBER` is the lecture as a whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect of a lecture that differs between two of its versions; one of them is None if it was added or removed.

    The values before and after are those of the two versions.
    """

    aspect: Aspect
    before: Lecture | None
    after: Lecture | None

    @property
    def lecture(self) -> Lecture:
        """The newer version, or the last there was."""
        lecture = self.after or self.before
        if lecture is None:
            raise ValueError("a change has a lecture at one side at least")
        return lecture


def effective(lecture: Lecture, series: Series) -> Lecture:
    """The lecture with what the series gives it, its form, deadline and way to join, and without an abstract that is
    none.

    Kept like this, it can be compared with a later version even if meanwhile the rule for deadlines has changed, or
    the form of another lecture no longer serves it.
    """
    form, entry = series.form(lecture), lecture.registration
    registration = replace(
        entry,
        url=form.url if form else None,
        closes=series.closing(lecture),
        opens=form.opens if form else entry.opens,
    )
    return replace(without_placeholder(lecture), registration=registration, join=series.join_address(lecture))


def public(lecture: Lecture, series: Series, now: datetime) -> Lecture:
    """The same, as people know it at the aware instant `now`: a form that is not open yet is none."""
    known, form = effective(lecture, series), series.form(lecture)
    if form is None or form.is_offered(now):
        return known
    return replace(known, registration=replace(known.registration, url=None))


def without_placeholder(lecture: Lecture) -> Lecture:
    """The lecture without an abstract that only says that there will be one."""
    said = lecture.abstract and all(not is_placeholder(each) for each in lecture.abstract.variants)
    return lecture if said else replace(lecture, abstract=None)


def changes(before: Lecture | None, after: Lecture | None, series: Series) -> tuple[Change, ...]:
    """What differs by meaning between two versions of a lecture, both `effective`, in the order of the aspects."""
    if before is None or after is None:
        if before is after:
            return ()
        return (Change(Field.NUMBER, before, after),)
    if before == after:
        return ()
    found = {*_on_attending(before, after, series), *_on_contents(before, after), *_on_materials(before, after)}
    return tuple(Change(aspect, before, after) for aspect in (*Field, *MaterialChange) if aspect in found)


def deadline_in_force(lecture: Lecture | None, series: Series) -> datetime | None:
    """The instant from which nobody can register any more for a lecture that is to take place."""
    return series.deadline(lecture) if lecture and lecture.status is Status.PLANNED else None


def deadline_told(lecture: Lecture | None, series: Series) -> datetime | Closing | None:
    """Until when people are told to register for a lecture that is to take place."""
    return series.closing(lecture) if lecture and lecture.status is Status.PLANNED else None


def venue_in_force(lecture: Lecture) -> Venue | None:
    """Where to go, unless nobody needs to go anywhere."""
    return lecture.venue if lecture.mode is not Mode.ONLINE else None


def same_place(before: Venue, after: Venue) -> bool:
    """Whether place and room are the same but for the words for a room and how the two are divided."""
    return same_room(before.full_name, after.full_name)


def has_final_title(lecture: Lecture) -> bool:
    """Whether there is a title that is not tentative."""
    return lecture.title is not None and not lecture.title_tentative


def new_materials(before: Lecture | None, after: Lecture) -> tuple[Material, ...]:
    """What is published after and was not before, in its order."""
    known = links(before)
    return tuple(each for each in after.all_materials if each.url and plain_link(each.url) not in known)


def lost_materials(before: Lecture, after: Lecture) -> tuple[Material, ...]:
    """What was published before and is not any more, neither under its link nor, with another, under its label; and
    what was in preparation and is not heard of any more."""
    known, labels = links(after), {_label(each) for each in after.all_materials if each.url}
    heard_of = {_label(each) for each in after.all_materials}
    return tuple(
        each
        for each in before.all_materials
        if (
            plain_link(each.url) not in known and _label(each) not in labels
            if each.url
            else _label(each) not in heard_of
        )
    )


def relabelled_materials(before: Lecture, after: Lecture) -> tuple[tuple[Material, Material], ...]:
    """The links that have another label than before, each as it was and as it is."""
    former = {plain_link(each.url): each for each in before.all_materials if each.url}
    pairs = ((former.get(plain_link(each.url)), each) for each in after.all_materials if each.url)
    return tuple((was, now) for was, now in pairs if was and not same_words(was.label, now.label))


def materials_in_preparation(before: Lecture, after: Lecture) -> tuple[Material, ...]:
    """What is announced after and was not heard of before."""
    known = {_label(each) for each in before.all_materials}
    return tuple(each for each in after.all_materials if each.in_preparation and _label(each) not in known)


def new_speakers(before: Lecture, after: Lecture) -> tuple[Person, ...]:
    """Who speaks after and did not before, whose name is not merely spelled otherwise."""
    known = [each.name for each in before.speakers]
    return tuple(each for each in after.speakers if not any(same_but_for_spelling(name, each.name) for name in known))


def changed_talks(before: Lecture, after: Lecture) -> tuple[tuple[Talk, Talk], ...]:
    """The talks of both that have another time, title or speaker, each as it was and as it is."""
    pairs = ((was, now) for was in before.talks for now in after.talks if is_same_talk(was, now))
    return tuple((was, now) for was, now in pairs if not _is_unchanged(was, now))


def lost_talks(before: Lecture, after: Lecture) -> tuple[Talk, ...]:
    """The talks that only the first of the two has; the other way round, those that are new."""
    return tuple(was for was in before.talks if not any(is_same_talk(was, now) for now in after.talks))


def is_same_talk(one: Talk, other: Talk) -> bool:
    """Whether it is the same talk: by its title or, where one has none or another, by its speakers."""
    if one.title and other.title and same_but_for_spelling(one.title, other.title):
        return True
    return bool(one.speakers) and _are_same(one.speakers, other.speakers)


def _is_unchanged(one: Talk, other: Talk) -> bool:
    times = _instant(one.starts) == _instant(other.starts) and _instant(one.ends) == _instant(other.ends)
    return times and same_words(one.title, other.title) and _are_same(one.speakers, other.speakers)


def links(lecture: Lecture | None) -> frozenset[str]:
    """The addresses of the published materials, without trackers."""
    return frozenset(plain_link(each.url) for each in lecture.all_materials if each.url) if lecture else frozenset()


def _on_attending(before: Lecture, after: Lecture, series: Series) -> Iterator[Aspect]:
    if before.status is not after.status:
        yield Field.STATUS
    elif after.status is not Status.PLANNED:
        if not same_words(before.reason, after.reason):
            yield Field.REASON
    else:
        if before.day != after.day or _instant(before.starts) != _instant(after.starts):
            yield Field.STARTS
        elif _instant(before.ends) != _instant(after.ends):
            yield Field.ENDS
    if after.status is Status.PLANNED:
        yield from _on_registration(before, after, series)
    if before.mode is not after.mode:
        yield Field.MODE
    if _plain(before.join) != _plain(after.join):
        yield Field.JOIN
    if after.mode is not Mode.ONLINE:
        yield from _on_venue(venue_in_force(before), after.venue)


def _on_registration(before: Lecture, after: Lecture, series: Series) -> Iterator[Aspect]:
    one, other = before.registration, after.registration
    if one.in_person_full is not other.in_person_full:
        yield Field.IN_PERSON
    if _plain(one.url) != _plain(other.url):
        yield Field.FORM
    if _instant(one.opens) != _instant(other.opens):
        yield Field.OPENS
    if _closing(before, series) != _closing(after, series):
        yield Field.DEADLINE


def _on_venue(before: Venue | None, after: Venue | None) -> Iterator[Aspect]:
    if before is None or after is None:
        if before is not after:
            yield Field.VENUE
        return
    renamed = not same_words(before.name, after.name)
    if renamed and not same_place(before, after):
        yield Field.VENUE
        return
    if renamed or not same_words(before.room, after.room):
        yield Field.ROOM
    if before.tentative is not after.tentative:
        yield Field.VENUE_TENTATIVE
    if _plain(before.url) != _plain(after.url):
        yield Field.MAP


def _on_contents(before: Lecture, after: Lecture) -> Iterator[Aspect]:
    if not same_words(before.label, after.label):
        yield Field.LABEL
    if not _are_same(before.speakers, after.speakers):
        yield Field.SPEAKER
    if lost_talks(before, after) or lost_talks(after, before) or changed_talks(before, after):
        yield Field.TALKS
    if not same_words(before.title, after.title) or has_final_title(before) is not has_final_title(after):
        yield Field.TITLE
    if before.language != after.language:
        yield Field.LANGUAGE
    if not same_words(before.notes, after.notes):
        yield Field.NOTES
    if not same_words(before.summary, after.summary):
        yield Field.SUMMARY
    one, other = before.abstracts, after.abstracts
    if len(one) != len(other) or not all(map(same_words, one, other)):
        yield Field.ABSTRACT


def _are_same(before: Sequence[Person], after: Sequence[Person]) -> bool:
    """Whether these are the same people, in whatever order."""

    def has(people: Sequence[Person], who: Person) -> bool:
        return any(same_words(who.name, one.name) and same_words(who.affiliation, one.affiliation) for one in people)

    return all(has(after, each) for each in before) and all(has(before, each) for each in after)


def _on_materials(before: Lecture, after: Lecture) -> Iterator[Aspect]:
    kept = links(after)
    freed = {_label(each) for each in before.all_materials if each.url and plain_link(each.url) not in kept}
    for each in new_materials(before, after):
        yield MaterialChange.REPLACED if _label(each) in freed else Field.MATERIALS
    if materials_in_preparation(before, after):
        yield MaterialChange.IN_PREPARATION
    if relabelled_materials(before, after):
        yield MaterialChange.RELABELLED
    if lost_materials(before, after):
        yield MaterialChange.WITHDRAWN


def _instant(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _closing(lecture: Lecture, series: Series) -> datetime | Closing | None:
    closes = deadline_told(lecture, series)
    return _instant(closes) if isinstance(closes, datetime) else closes


def _plain(url: str | None) -> str | None:
    return plain_link(url) if url else None


def _label(material: Material) -> str:
    return squeezed(material.label.texts[0][1])
