"""One lecture of the source beside the schedule's: what is otherwise, and the edit that makes it so.

What the source does not have removes nothing of ours, unless the source withdrew it: a material or the form of a
lecture to come that is no longer linked, a date that is no longer told. Of other fields that shows only beside an
earlier version of the source, which had stated what is ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.domain.edits import FieldEdit
from bot.domain.language import Localized
from bot.domain.lecture import Person, Status, in_order
from bot.schedule.yaml_reader import Tree
from bot.sources.equivalence import are_same_people, is_akin, is_same, is_same_text, leads_alike, published
from bot.sources.model import (
    Difference,
    items,
    mapping,
    tree,
    where,
    who,
    written,
)
from bot.sources.talk_diff import TalkDiff

_TEXTS: Final = ("label", "title", "abstract", "notes")
_BILINGUAL: Final = ("name", "affiliation", "room")
"""Parts of a speaker or a venue that may be there in both languages."""


@dataclass(slots=True)
class LectureDiff(TalkDiff):
    """Collects what is otherwise in one lecture."""

    def match(self) -> None:
        """Compares everything that the source may state."""
        fields = self.stated.fields
        self._status()
        self._days()
        self._speakers(fields.get("speaker"))
        self._talks([mapping(each) for each in items(fields.get("talks"))])
        for name in _TEXTS:
            self._running(name)
        self._mark("title_tentative", self.ours.title_tentative, given="title" in fields)
        self._word("mode", self.ours.mode)
        self._venue(mapping(fields.get("venue")))
        self._word("lecture_language", self.ours.language)
        self._registration(mapping(fields.get("registration")))
        self._join(fields.get("join"))
        self._materials()

    @property
    def _is_closed(self) -> bool:
        """Whether its registration is past: a form that the source drops then was not withdrawn from anybody."""
        deadline = self.series.deadline(self.ours)
        return self._is_over or (deadline is not None and self.now.astimezone(UTC) >= deadline)

    @property
    def _is_open(self) -> bool:
        """Whether its form should be in the source: not before it opens, nor when nobody can register any more."""
        form = self.series.form(self.ours)
        return form is not None and form.is_offered(self.now) and not self._is_closed

    def _status(self) -> None:
        stated, ours = self.stated.fields.get("status"), self.ours.status
        if isinstance(stated, str):
            if stated != ours.value:
                self._differs(("status",), ours.value, stated)
        elif ours is not Status.PLANNED and self._takes_place_again(ours):
            edit = FieldEdit(self.ours.id, ("status",), None)
            self.differences.append(Difference(self.ours.id, ("status",), ours.value, "planned", edit))
        elif ours is Status.PLANNED and "starts" in self.stated.undecided and self.ours.day and not self._is_over:
            self._differs(("status",), "planned", "postponed")

    def _takes_place_again(self, ours: Status) -> bool:
        """Whether the source has a new date for what was put off, or no longer says that it is."""
        was_said = self._was_stated("status") == ours.value and "starts" in self.stated.fields
        return was_said or (ours is Status.POSTPONED and self._moved())

    def _moved(self) -> bool:
        stated = self.stated.fields.get("starts")
        return isinstance(stated, str) and (self.ours.day is None or stated[:10] != self.ours.day.isoformat())

    def _days(self) -> None:
        stated, ends = self.stated.fields.get("starts"), self.stated.fields.get("ends")
        if not isinstance(stated, str):
            return
        ours, our_end = written(self.ours.starts or self.ours.day), written(self.ours.ends)
        moved = self._moved()
        if stated != ours and (moved or "T" in stated):
            self._differs(("starts",), ours, stated)
        if isinstance(ends, str):
            if ends != our_end:
                self._differs(("ends",), our_end, ends)
        elif our_end and (moved or ("T" in stated and stated >= our_end)):
            self._differs(("ends",), our_end, None)

    # ---- texts

    def _running(self, name: str) -> None:
        ours: Localized | None = getattr(self.ours, name)
        stated = self.stated.fields.get(name)
        if isinstance(stated, str):
            if not is_same_text(stated, ours):
                self._text((name,), stated, ours)
        elif ours:
            self._missing((name,), tree(ours), self._repeats(self._was_stated(name), ours))

    def _mark(self, name: str, ours: bool, *, given: bool) -> None:
        stated = self.stated.fields.get(name) == "true"
        if given and stated is not ours:
            self._differs((name,), "true" if ours else None, "true" if stated else None)

    def _word(self, name: str, ours: str | None) -> None:
        stated = self.stated.fields.get(name)
        if isinstance(stated, str) and stated != ours:
            self._differs((name,), str(ours) if ours else None, stated)

    # ---- people and places

    def _speakers(self, stated: Tree) -> None:
        several = [mapping(each) for each in items(stated) or [stated] if each]
        ours = self.ours.speakers
        if several:
            is_of_talks = self.ours.talks and are_same_people(several, self.ours.people)
            if not is_of_talks:
                self._people(("speaker",), several, ours)
        elif ours:
            self._missing(("speaker",), who(ours), self._were_stated(ours))

    def _were_stated(self, ours: Sequence[Person]) -> bool:
        stated = self._was_stated("speaker")
        return are_same_people([mapping(each) for each in items(stated) or [stated] if each], ours)

    def _venue(self, stated: Mapping[str, Tree]) -> None:
        name, room, ours = stated.get("name"), stated.get("room"), self.ours.venue
        if not isinstance(name, str):
            if ours:
                before = self._was_stated("venue", "name")
                self._missing(("venue",), where(ours), self._repeats(before, ours.name))
            return
        is_whole = is_same(f"{name}{room or ''}", ours.full_name if ours else None)
        if ours is None or not (is_whole or is_same(name, ours.name) or is_akin(name, ours.name)):
            self._replace(("venue",), dict(stated), where(ours))
            return
        if not is_whole:
            if not is_same(name, ours.name):
                self._text(("venue", "name"), name, ours.name, is_name=True)
            if isinstance(room, str) and not is_same(room, ours.room):
                self._text(("venue", "room"), room, ours.room, is_name=True)
            elif room is None and ours.room:
                self._missing(
                    ("venue", "room"), tree(ours.room), self._repeats(self._was_stated("venue", "room"), ours.room)
                )
        url, tentative = stated.get("url"), stated.get("tentative") == "true"
        if isinstance(url, str) and not leads_alike(url, ours.url):
            self._differs(("venue", "url"), ours.url, url)
        if tentative is not ours.tentative:
            self._differs(("venue", "tentative"), "true" if ours.tentative else None, "true" if tentative else None)

    # ---- links

    def _registration(self, stated: Mapping[str, Tree]) -> None:
        ours, form = self.ours.registration, self.series.form(self.ours)
        url, closes = stated.get("url"), stated.get("closes")
        if self._is_left("registration") and not stated:
            return
        if isinstance(url, str):
            if not leads_alike(url, form.url if form else None):
                self._differs(("registration", "url"), ours.url, url)
            others = {str(each) for each in items(stated.get("also_for"))} & self.lectures
            if others - {*(form.serves if form else ())}:
                served: list[Tree] = [*in_order((*ours.also_for, *others))]
                self._differs(("registration", "also_for"), [*ours.also_for] or None, served)
        elif (
            ours.url
            and self._is_open
            and not self._is_left("registration")
            and (self.earlier is None or self._was_stated("registration", "url"))
        ):
            is_all = not (ours.closes or ours.also_for or ours.in_person_full or ours.opens)
            self._differs(("registration", "url"), ours.url, None, at=("registration",) if is_all else None)
        deadline = ours.closes if isinstance(ours.closes, datetime) else None
        if isinstance(closes, str) and closes != written(deadline and self.series.local(deadline)):
            self._differs(("registration", "closes"), written(deadline), closes)
        self._places(is_full=stated.get("in_person") == "full")

    def _join(self, stated: Tree) -> None:
        ours = self.ours.join
        if isinstance(stated, str):
            if not leads_alike(stated, ours or self.series.join):
                self._differs(("join",), ours, stated)
        elif ours and not self._is_left("join") and leads_alike(ours, str(self._was_stated("join"))):
            self._differs(("join",), ours, None)

    def _places(self, *, is_full: bool) -> None:
        was_full = self._was_stated("registration", "in_person") == "full"
        if is_full and not self.ours.registration.in_person_full:
            self._differs(("registration", "in_person"), None, "full")
        elif self.ours.registration.in_person_full and was_full and not is_full and not self._is_closed:
            self._differs(("registration", "in_person"), "full", None)

    def _materials(self) -> None:
        if self._is_left("materials"):
            return
        before = None if self.earlier is None else items(self._was_stated("materials"))
        of_talks = [each.url for talk in self.ours.talks for each in talk.materials]
        linked = [mapping(each) for each in items(self.stated.fields.get("materials"))]
        stated = [each for each in linked if not any(leads_alike(str(each.get("url")), url) for url in of_talks)]
        ours, value, told = published(stated, self.ours.materials, self.known, before)
        if value is not None:
            theirs: list[Tree] = [dict(each) for each in stated]
            self._differs(("materials",), ours, theirs or None, value=value or None)
            for name in sorted(told):
                self._warn(name, "materials")
