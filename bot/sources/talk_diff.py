"""The talks of a session on the source beside ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.lecture import Talk
from bot.exports.data import talk_data
from bot.schedule.yaml_reader import Tree
from bot.sources.equivalence import are_same_people, is_akin, is_same, published
from bot.sources.field_diff import FieldDiff
from bot.sources.model import items, mapping

Stated = Mapping[str, Tree]
Pairs = list[tuple[Stated, Talk | None]]


def pairs(stated: Sequence[Stated], ours: Sequence[Talk]) -> Pairs:
    """Each talk that is stated with that of ours with the same title, else the same people; the one that is left over
    on either side is the same."""
    found: dict[int, Talk] = {}
    free = list(ours)
    for is_alike in _ALIKE:
        for position, each in enumerate(stated):
            own = next((own for own in free if is_alike(each, own)), None) if position not in found else None
            if own:
                found[position] = own
                free.remove(own)
    left = [position for position in range(len(stated)) if position not in found]
    if len(left) == len(free) == 1:
        found[left[0]] = free[0]
    return [(each, found.get(position)) for position, each in enumerate(stated)]


def people(talk: Stated) -> list[Stated]:
    """Who gives it."""
    several = items(talk.get("speakers")) or [talk.get("speaker")]
    return [mapping(each) for each in several if each]


def written(talk: Talk, day: date | None) -> dict[str, Tree]:
    """A talk of ours as the file has it, with times of its session's day."""
    told: dict[str, Tree] = dict(talk_data(talk))
    for name, at in (("starts", talk.starts), ("ends", talk.ends)):
        if at and at.date() == day:
            told[name] = clock(at)
    return told


def clock(at: datetime | None) -> str | None:
    """A time of the session's day as the file has it."""
    return f"{at:%H:%M}" if at else None


def _has_title(stated: Stated, own: Talk) -> bool:
    title = stated.get("title")
    return isinstance(title, str) and is_same(title, own.title)


def _has_title_like(stated: Stated, own: Talk) -> bool:
    title = stated.get("title")
    return isinstance(title, str) and own.title is not None and is_akin(title, own.title)


def _has_people(stated: Stated, own: Talk) -> bool:
    return bool(own.speakers) and are_same_people(people(stated), own.speakers)


_ALIKE: Final[tuple[Callable[[Stated, Talk], bool], ...]] = (_has_title, _has_title_like, _has_people)


@dataclass(slots=True)
class TalkDiff(FieldDiff):
    """Collects what is otherwise in the talks of one lecture."""

    def _talks(self, stated: Sequence[Mapping[str, Tree]]) -> None:
        """Talks that are the same field by field; where one is new or gone, all of them."""
        ours = self.ours.talks
        if not stated:
            if ours:
                self._missing(("talks",), self._talks_written(ours), self._talks_were_stated(ours))
            return
        matched = pairs(stated, ours)
        known = [own for _, own in matched if own]
        if len(known) == len(stated) == len(ours):
            for theirs, own in matched:
                if own:
                    self._talk(theirs, own)
            return
        wanted: list[Tree] = [
            written(own, self.ours.day) if own else self._translated(dict(theirs)) for theirs, own in matched
        ]
        told: list[Tree] = [dict(each) for each in stated]
        self._differs(("talks",), self._talks_written(ours), told, value=wanted)

    def _talks_were_stated(self, ours: Sequence[Talk]) -> bool:
        before = [mapping(each) for each in items(self._was_stated("talks"))]
        return len(before) == len(ours) and all(own for _, own in pairs(before, ours))

    def _talks_written(self, talks: Sequence[Talk]) -> Tree:
        return [written(each, self.ours.day) for each in talks] or None

    def _talk(self, stated: Mapping[str, Tree], ours: Talk) -> None:
        path = ("talks", ours.position)
        title, several = stated.get("title"), people(stated)
        if isinstance(title, str) and not is_same(title, ours.title):
            self._text((*path, "title"), title, ours.title)
        if several:
            self._people((*path, "speaker"), several, ours.speakers)
        for name, at in (("starts", ours.starts), ("ends", ours.ends)):
            theirs = stated.get(name)
            if isinstance(theirs, str) and theirs != clock(at):
                self._differs((*path, name), clock(at), theirs)
        if "materials" in stated:
            links = [mapping(each) for each in items(stated.get("materials"))]
            had, value, _ = published(links, ours.materials, self.known, [])
            if value is not None:
                given: list[Tree] = [dict(each) for each in links]
                self._differs((*path, "materials"), had, given, value=value)
