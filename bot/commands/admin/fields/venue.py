"""A venue, from what an organizer typed: `筑波大学東京キャンパス 134講義室 https://…`, `room: 134`, 予定, `same`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.addresses import taken_out
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.texts import is_undecided, text_edits
from bot.commands.admin.fields.wording import Wording, joined, localized, parts, wording
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import Language, Localized
from bot.domain.lecture import Lecture, Venue
from bot.domain.rooms import is_room_alone, name_and_room
from bot.domain.text import essence, folded, one_line
from bot.domain.translations import is_same_name, translations

_SAME: Final = frozenset(
    map(folded, ("same", "same as before", "same place", "同じ", "前回と同じ", "同じ場所", "同じ会場"))
)
_USUAL: Final = frozenset(
    map(folded, ("usual", "the usual", "usual place", "いつもの会場", "いつもの場所", "いつもと同じ", "通常の会場"))
)
_TENTATIVE: Final = re.compile(
    r"[(（\[［]\s*(?:予定|仮|暫定|tentative|tbc)\s*[)）\]］]|(?:(?<!\S)|の)(?:開催)?予定(?!\S)|"
    r"(?<!\S)(?:仮|暫定|tentative|tbc)(?!\S)",
    re.IGNORECASE,
)
_SETTLED: Final = re.compile(
    r"[(（]\s*(?:確定|confirmed|fixed|final)\s*[)）]|(?<!\S)(?:確定|confirmed|fixed|final)(?!\S)", re.IGNORECASE
)
_ROOM_UNDECIDED: Final = re.compile(
    r"[(（]?(?:(?:教室|部屋|講義室|会議室)\s*+(?:は|[:：])?\s*+(?:未定|なし)|"
    r"room\s*+:?\s*+(?:tba|tbd|none|to be announced|undecided))[)）]?",
    re.IGNORECASE,
)
_UNDECIDED_AFTER: Final = re.compile(r"(.+?)(?<!\s)\s++(?:未定|tba|tbd)", re.IGNORECASE)
_PARTS: Final = {
    **dict.fromkeys(("name", "venue", "place", "会場", "場所", "名前"), "name"),
    **dict.fromkeys(("room", "教室", "部屋", "講義室"), "room"),
    **dict.fromkeys(("url", "link", "map", "地図", "リンク"), "map"),
}
_LABEL: Final = re.compile(rf"(?<!\S)({'|'.join(_PARTS)})\s*[:：]\s*(?!//)", re.IGNORECASE)
_LOOSE: Final = " 　,，、;；/／"


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of a venue; None is what was not mentioned, an empty text what is to be removed."""

    names: Mapping[Language | None, str] = field(default_factory=dict)
    rooms: Mapping[Language | None, str] = field(default_factory=dict)
    room_undecided: bool = False
    url: str | None = None
    no_map: bool = False
    tentative: bool | None = None

    @property
    def says_nothing(self) -> bool:
        return self == _Said()


def venue_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """Name, room and map as far as they are mentioned; another name replaces all, 未定 removes the venue.

    Names and rooms that the series has in both languages are taken in both, and a known venue with its map.
    """
    line, number = one_line(text), lecture.id
    if is_undecided(line):
        return (FieldEdit(number, ("venue",), None),) if lecture.venue else ()
    if folded(line) in _SAME | _USUAL:
        return _replaced(lecture, _same(lecture, view) if folded(line) in _SAME else _usual(lecture, view))
    said = _said(line, view)
    if said.names:
        return _named(said, lecture, view)
    if said.says_nothing:
        raise FieldError("unusable.venue", _example(view), typed=shown(line))
    if not lecture.venue:
        raise FieldError("unusable.no_venue", _example(view), lecture=reference(lecture, view.say))
    return _patched(said, lecture, lecture.venue, view)


def _example(view: View) -> str:
    usual = view.series.usual_venue
    name = usual.into(view.language) if usual else view.say("fields.example.place")
    return view.say("fields.example.venue", place=name)


def _said(line: str, view: View) -> _Said:
    url, rest = taken_out(line, _example(view))
    said = _Said(url=url)
    if _ROOM_UNDECIDED.search(rest):
        said, rest = replace(said, room_undecided=True), _ROOM_UNDECIDED.sub(" ", rest)
    for pattern, tentative in ((_TENTATIVE, True), (_SETTLED, False)):
        if pattern.search(rest):
            said, rest = replace(said, tentative=tentative), pattern.sub(" ", rest)
    rest = one_line(rest).strip(_LOOSE)
    if rest.lower() in _PARTS:
        return _with_part(said, _PARTS[rest.lower()], "", view)
    labels = list(_LABEL.finditer(rest))
    before = (rest[: labels[0].start()] if labels else rest).strip(_LOOSE)
    said = _with_place(said, wording(before, view.series.languages), view) if before else said
    ends = [*(each.start() for each in labels[1:]), len(rest)]  # one, too, where there is no label
    for label, end in zip(labels, ends, strict=False):
        said = _with_part(said, _PARTS[label[1].lower()], rest[label.end() : end].strip(_LOOSE), view)
    return said


def _with_place(said: _Said, place: Wording, view: View) -> _Said:
    """A place with its room, or a room alone, in the languages in which they are given."""
    names: dict[Language | None, str] = {}
    rooms: dict[Language | None, str] = {}
    undecided = False
    for language, each in parts(place):
        remark = _UNDECIDED_AFTER.fullmatch(each)
        undecided = undecided or remark is not None
        words = remark[1] if remark else each
        name, room = ("", words) if is_room_alone(words) else _at_known_place(words, view) or name_and_room(words)
        name = name.strip(_LOOSE)
        names |= {language: name} if name else {}
        rooms |= {language: room} if room else {}
    return replace(said, names=names, rooms=rooms, room_undecided=said.room_undecided or undecided)


def _at_known_place(text: str, view: View) -> tuple[str, str] | None:
    """Name and room, if the text begins with the name of a place where a lecture has been; the longest such name."""
    places = [view.series.usual_venue, *(each.venue.name for each in view.series.lectures if each.venue)]
    names = {essence(name) for place in places if place for name in place.variants}
    for end in range(len(text), 0, -1):
        name, room = text[:end].strip(_LOOSE), text[end:].strip(_LOOSE)
        if essence(name) in names and (not room or text[end] in _LOOSE or is_room_alone(room)):
            return name, room
    return None


def _with_part(said: _Said, part: str, words: str, view: View) -> _Said:
    """What stands under a label; a label without anything but a link belongs to that link."""
    if part == "map":
        if words and not is_undecided(words):
            raise FieldError("unusable.link_type", "https://maps.example.org/", typed=shown(words))
        return replace(said, no_map=bool(words))
    if part == "room" and is_undecided(words):
        return replace(said, room_undecided=True)
    if not words or is_undecided(words):
        raise FieldError("unusable.venue", _example(view), typed=shown(words or part))
    given = dict(parts(wording(words, view.series.languages)))
    if said.names if part == "name" else said.rooms:
        raise FieldError("unusable.venue_twice", _example(view), typed=shown(words))
    return replace(said, names=given) if part == "name" else replace(said, rooms=given)


def _named(said: _Said, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    known = translations(view.series)
    had = lecture.venue
    name = localized(joined(said.names), had.name if had else None, view.series.languages, known)
    if had and is_same_name(name, had.name):
        settled = replace(said, tentative=bool(said.tentative))
        return (*text_edits(lecture.id, ("venue", "name"), had.name, name), *_patched(settled, lecture, had, view))
    room = localized(joined(said.rooms), None, view.series.languages, known) if said.rooms else None
    return _replaced(lecture, Venue(name, room, said.url or _known_map(name, view), bool(said.tentative)))


def _patched(said: _Said, lecture: Lecture, had: Venue, view: View) -> tuple[FieldEdit, ...]:
    """The same venue with what is said of its room, its map and how certain it is."""

    def edits() -> Iterator[FieldEdit]:
        room = had.room
        if said.rooms:
            room = localized(joined(said.rooms), had.room, view.series.languages, translations(view.series))
        yield from text_edits(lecture.id, ("venue", "room"), had.room, None if said.room_undecided else room)
        if (said.url or said.no_map) and said.url != had.url:
            yield FieldEdit(lecture.id, ("venue", "url"), said.url)
        if said.tentative not in (None, had.tentative):
            yield FieldEdit(lecture.id, ("venue", "tentative"), said.tentative or None)

    return tuple(edits())


def _replaced(lecture: Lecture, venue: Venue) -> tuple[FieldEdit, ...]:
    if venue == lecture.venue:
        return ()
    value: dict[str, FieldValue] = {"name": venue.name.tree}
    value |= {"room": venue.room.tree} if venue.room else {}
    value |= {"url": venue.url} if venue.url else {}
    value |= {"tentative": True} if venue.tentative else {}
    return (FieldEdit(lecture.id, ("venue",), value),)


def _same(lecture: Lecture, view: View) -> Venue:
    """That of the last lecture before this one that has any."""
    earlier = takewhile(lambda each: each.id != lecture.id, view.series.lectures)
    before = [each.venue for each in earlier if each.venue]
    if not before:
        raise FieldError("unusable.nothing_before", _example(view), lecture=reference(lecture, view.say))
    return replace(before[-1], tentative=False)


def _usual(lecture: Lecture, view: View) -> Venue:
    """The usual place; its room and certainty stay if the lecture is there already."""
    name = view.series.usual_venue
    if not name:
        raise FieldError("unusable.no_usual_venue", _example(view))
    if lecture.venue and is_same_name(name, lecture.venue.name):
        return lecture.venue
    return Venue(name, url=_known_map(name, view))


def _known_map(name: Localized, view: View) -> str | None:
    """The map of the last lecture there."""
    venues = [each.venue for each in view.series.lectures if each.venue and is_same_name(name, each.venue.name)]
    return next((venue.url for venue in reversed(venues) if venue.url), None)
