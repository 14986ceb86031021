"""The speakers of a lecture, from what an organizer typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.texts import is_undecided
from bot.commands.admin.fields.wording import joined, localized, parts, wording
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import Language, Localized
from bot.domain.lecture import Field, Lecture, Person
from bot.domain.links import ADDRESS
from bot.domain.people import NameAndAffiliation, people_in
from bot.domain.text import essence, one_line
from bot.domain.translations import translations

_AFFILIATION: Final = re.compile(r"(?:所属|affiliation)\s*[:：]\s*(.+)", re.IGNORECASE)
_READING: Final = re.compile(
    r"(?:(?:読み|よみ)(?:仮名|がな|方)?|ふりがな|フリガナ|reading)\s*[:：]\s*(.+)", re.IGNORECASE
)


def speaker_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """Names and affiliations, `A (X), B (Y)`; `所属: …` or `読み: …` alone changes only that of the one there is, 未定
    removes all.

    Names and affiliations that the series has in both languages are taken in both.
    """
    line, had = one_line(text), lecture.speakers
    if is_undecided(line):
        return (FieldEdit(lecture.id, Field.SPEAKER.path, None),) if had else ()
    affiliation, reading = _AFFILIATION.fullmatch(line), _READING.fullmatch(line)
    if not affiliation and not reading:
        return _edits(lecture, _named(line, had, view))
    if len(had) != 1:
        name = "unusable.several_speakers" if had else "unusable.no_speaker"
        raise FieldError(name, view.say("fields.example.speaker"), lecture=reference(lecture, view.say))
    who = had[0]
    if affiliation:
        who = replace(who, affiliation=_part(affiliation[1], who.affiliation, view, translations(view.series)))
    if reading:
        who = replace(who, reading=_part(reading[1], who.reading, view))
    return _edits(lecture, [who])


def _part(
    text: str, had: Localized | None, view: View, known: Mapping[str, Localized] | None = None
) -> Localized | None:
    languages = view.series.languages
    return None if is_undecided(text) else localized(wording(text, languages), had, languages, known, related=True)


def _named(line: str, had: Sequence[Person], view: View) -> list[Person]:
    """Everybody who is named; of those who were there before, what is not mentioned stays."""
    said = {language: people_in(each) for language, each in parts(wording(line, view.series.languages))}
    counts = {len(people) for people in said.values()}
    everybody = [who for people in said.values() for who in people]
    if len(counts) > 1 or not all(map(_is_sound, everybody)) or not _is_balanced(line) or ADDRESS.search(line):
        raise FieldError("unusable.speaker", view.say("fields.example.speaker"), typed=shown(line))
    several = [{language: people[each] for language, people in said.items()} for each in range(counts.pop())]
    if len(several) == len(had) == 1:
        return [_person(several[0], had[0], view)]
    return [_person(each, _same(each, had), view) for each in several]


def _same(said: Mapping[Language | None, NameAndAffiliation], had: Iterable[Person]) -> Person | None:
    """Who of those who were there before has that name."""
    names = {essence(who.name) for who in said.values()}
    return next((who for who in had if names & set(map(essence, who.name.variants))), None)


def _person(said: Mapping[Language | None, NameAndAffiliation], had: Person | None, view: View) -> Person:
    """The person that is named; of the one who was there before, what is not mentioned stays."""
    languages, known = view.series.languages, translations(view.series)
    names = {language: who.name for language, who in said.items()}
    belonging = {language: who.affiliation for language, who in said.items() if who.affiliation}
    name = localized(joined(names), had.name if had else None, languages, known, related=True)
    same = had is not None and bool(set(map(essence, had.name.variants)) & set(map(essence, name.variants)))
    so_far = had if had and same else Person(name)
    belongs = so_far.affiliation
    if belonging:
        belongs = localized(joined(belonging), belongs, languages, known, related=True)
    return replace(so_far, name=name, affiliation=belongs)


def _is_sound(who: NameAndAffiliation) -> bool:
    return bool(who.name) and who.affiliation != "" and not re.search("[()（）]", who.name)


def _is_balanced(text: str) -> bool:
    return text.count("(") + text.count("（") == text.count(")") + text.count("）")


def _edits(lecture: Lecture, people: Sequence[Person]) -> tuple[FieldEdit, ...]:
    if tuple(people) == lecture.speakers:
        return ()
    return (FieldEdit(lecture.id, Field.SPEAKER.path, written(people)),)


def written(people: Sequence[Person]) -> FieldValue:
    """Speakers as edits have them: one as a mapping, several as a list."""
    several = [*map(_mapping, people)]
    return several[0] if len(several) == 1 else several


def _mapping(who: Person) -> dict[str, FieldValue]:
    value: dict[str, FieldValue] = {"name": who.name.tree}
    if who.affiliation:
        value["affiliation"] = who.affiliation.tree
    if who.reading:
        value["reading"] = who.reading.tree
    return value
