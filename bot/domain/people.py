"""People as they are written in one line: a name with its affiliation in brackets, and several of them in a row."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.domain.patterns import compiled
from bot.domain.text import is_japanese

_PERSON: Final = r"(?P<name>[^()（）]+?)(?<!\s)\s*+[(（](?P<affiliation>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]"
_HONORIFIC: Final = r"(?<!\s)\s*+(?:先生|氏|様|さん)$"
_BETWEEN: Final = r"[;；]|[、，・/／&＆]|,(?=\s)|\s(?:and|と|及び|および)\s"
_NOTHING_ELSE: Final = r"(?<!\s)\s*+[;；]\s*+"
_CONJUNCTION: Final = r"[&＆]|\s(?:and|と|及び|および)\s"
_KANJI: Final = r"\u3400-\u9fff"
_NAME: Final = rf"[{_KANJI}々ヶぁ-んァ-ヴー]+"
_FAMILY_AND_GIVEN: Final = rf"(?=[ぁ-ん]*[{_KANJI}])[{_KANJI}々ヶぁ-ん]+\s{_NAME}"
_INSTITUTION: Final = r"(?:大学|高専|学校|研究[所科室]|センター|機構|学[部院科]|専攻|会社)$"


class NameAndAffiliation(NamedTuple):
    """Somebody as they are written."""

    name: str
    affiliation: str | None = None


def name_and_affiliation(text: str) -> NameAndAffiliation:
    """Name, without an honorific, and affiliation, if there are brackets: 「山田 花子 先生（架空大学）」."""
    found = compiled(_PERSON).fullmatch(text)
    name, affiliation = (found["name"], found["affiliation"].strip()) if found else (text, None)
    return NameAndAffiliation(compiled(_HONORIFIC).sub("", name).strip(), affiliation)


def people_in(text: str) -> list[NameAndAffiliation]:
    """Everybody in a line, in their order. One name where it is not certain that there are several.

    It is certain with a semicolon; where each has an affiliation of their own, 「A (X), B (Y)」; and without any, where
    each is a family and a given name in Japanese, or full names are joined by `and`.
    """
    if compiled(_NOTHING_ELSE).search(text):
        return [name_and_affiliation(each.strip()) for each in compiled(_NOTHING_ELSE).split(text) if each.strip()]
    parts, signs = _divided(text)
    several = [name_and_affiliation(each) for each in parts]
    if len(several) > 1 and all(each.name for each in several):
        if all(each.affiliation for each in several):
            return several
        if not any(each.affiliation for each in several) and _are_full_names([each.name for each in several], signs):
            return several
    return [name_and_affiliation(text)]


def in_a_row(people: Sequence[str], *, comma: str) -> str:
    """Several people in a line that `people_in` takes apart again."""
    row = comma.join(people)
    return row if len(people_in(row)) == len(people) else "; ".join(people)


def _divided(text: str) -> tuple[list[str], list[str]]:
    """The parts of the line between signs that are in no brackets, and these signs."""
    parts, signs, start = [], [], 0
    for sign in compiled(_BETWEEN).finditer(text):
        before = text[: sign.start()]
        if len(re.findall("[(（]", before)) == len(re.findall("[)）]", before)):
            parts.append(text[start : sign.start()].strip())
            signs.append(sign[0])
            start = sign.end()
    return [*parts, text[start:].strip()], signs


def _are_full_names(names: Sequence[str], signs: Sequence[str]) -> bool:
    if all(map(is_japanese, names)):
        return all(
            compiled(_FAMILY_AND_GIVEN).fullmatch(each) and not compiled(_INSTITUTION).search(each) for each in names
        )
    joined = all(map(compiled(_CONJUNCTION).fullmatch, signs))
    return joined and all(len(each.split()) > 1 and not is_japanese(each) for each in names)
