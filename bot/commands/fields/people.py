"""A speaker, from what an organizer typed: `山田 太郎（東大）`, `Taro Yamada (U Tokyo)`, or both."""

import re
from typing import Final

from bot.cards.view import View
from bot.commands.fields.unusable import Unusable, shown
from bot.commands.fields.wordings import is_undecided, joined, localized, one_line, parts, tree, wording
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Person
from bot.domain.translations import essence, translations

_PERSON: Final = re.compile(r"(?P<name>[^()（）]+?)\s*[(（](?P<affiliation>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]")
_HONORIFIC: Final = re.compile(r"\s*(?:先生|氏|様|さん)$")
_AFFILIATION: Final = re.compile(r"(?:所属|affiliation)\s*[:：]\s*(.+)", re.IGNORECASE)


def speaker_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """Name and affiliation; `所属: …` alone changes the affiliation, 未定 removes the speaker.

    Names and affiliations that the series has in both languages are taken in both.
    """
    line, had = one_line(text), lecture.speaker
    if is_undecided(line):
        return (FieldEdit(lecture.number, ("speaker",), None),) if had else ()
    known = translations(view.series)
    affiliation = _AFFILIATION.fullmatch(line)
    if affiliation:
        if not had:
            raise Unusable("unusable.no_speaker", view.say("fields.example.speaker"), number=lecture.number)
        belongs = None
        if not is_undecided(affiliation[1]):
            belongs = localized(wording(affiliation[1]), had.affiliation, known)
        return _edits(lecture, Person(had.name, belongs))
    said = wording(line)
    names: dict[Language | None, str] = {}
    belonging: dict[Language | None, str] = {}
    for language, each in parts(said):
        found = _PERSON.fullmatch(each)
        names[language] = _HONORIFIC.sub("", found["name"] if found else each).strip()
        if found:
            belonging[language] = found["affiliation"].strip()
    if (
        not all(belonging.values())
        or not all(map(_is_name, names.values()))
        or re.search("https?://", line)
        or not _is_balanced(line)
    ):
        raise Unusable("unusable.speaker", view.say("fields.example.speaker"), typed=shown(line))
    name = localized(joined(names), had.name if had else None, known)
    same = had is not None and bool(
        {essence(each) for each in had.name.variants} & {essence(each) for each in name.variants}
    )
    so_far = had.affiliation if had and same else None
    return _edits(lecture, Person(name, localized(joined(belonging), so_far, known) if belonging else so_far))


def _is_name(text: str) -> bool:
    return bool(text) and not re.search("[()（）]", text)


def _is_balanced(text: str) -> bool:
    return text.count("(") + text.count("（") == text.count(")") + text.count("）")


def _edits(lecture: Lecture, person: Person) -> tuple[FieldEdit, ...]:
    if person == lecture.speaker:
        return ()
    value: dict[str, FieldValue] = {"name": tree(person.name)}
    if person.affiliation:
        value["affiliation"] = tree(person.affiliation)
    return (FieldEdit(lecture.number, ("speaker",), value),)
