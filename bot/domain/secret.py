"""What must not be passed on: links into meetings, their numbers, passcodes. They go by mail to those registered."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate
from typing import Final

from bot.domain.meeting_links import meeting_link_in
from bot.domain.meeting_services import LINK_HINTS
from bot.domain.patterns import compiled
from bot.domain.secret_words import CODE, CODE_HINTS, HARMLESS, ID, IS, MEETING, OF, PASSCODE, SERVICE, SHORT
from bot.domain.text import legible, unaccented


class Secret(StrEnum):
    """What was found in a text that must not be passed on."""

    MEETING_LINK = "meeting_link"
    MEETING_ID = "meeting_id"
    PASSCODE = "passcode"


def secret_in(text: str) -> Secret | None:
    """What in the text must not be passed on, if anything: of which kind it is, never the secret itself."""
    plain = legible(text)
    lowered = plain.lower()
    if _has_any(LINK_HINTS, lowered) and meeting_link_in(plain):
        return Secret.MEETING_LINK
    if _has_number(plain) and compiled(_MEETING_ID).search(unaccented(plain).lower()):
        return Secret.MEETING_ID
    if "@" in plain and compiled(_CREDENTIALS).search(plain):
        return Secret.PASSCODE
    return Secret.PASSCODE if _has_any(CODE_HINTS, lowered) and _has_passcode(unaccented(plain)) else None


def secrets_among(texts: Iterable[str]) -> dict[str, Secret]:
    """What `secret_in` finds in each of many texts; which ones need that look is found out for all together."""
    every = [*texts]
    lowered = [legible(text).lower() for text in every]
    ends = [*accumulate(len(text) + 1 for text in lowered)]
    suspects = {bisect_right(ends, position) for position in _suspicions("\n".join(lowered), ends)}
    return {every[each]: secret for each in sorted(suspects) if (secret := secret_in(every[each]))}


def _suspicions(text: str, ends: Sequence[int]) -> Iterator[int]:
    """Where there is a hint of a secret, once for each hint and each part of the text."""
    for hint in (*LINK_HINTS, *CODE_HINTS, "@"):
        position = text.find(hint)
        while position >= 0:
            yield position
            position = text.find(hint, ends[bisect_right(ends, position)])
    yield from (found.start() for found in compiled(_NUMBER).finditer(text))


def _has_any(hints: Sequence[str], text: str) -> bool:
    return any(hint in text for hint in hints)


# ---- numbers of meetings

_NUMBER: Final = r"(?!0)\d{3,4}[ -]?\d{3,4}[ -]?\d{3,5}(?:[ -]?\d{1,4})?(?!\d)"
_GROUPED: Final = r"(?!0)\d{3,4}[ -]\d{3,4}[ -]\d{3,4}(?:[ -]\d{1,4}){0,2}(?![\d-])"
_GAP: Final = r"[^\d\n。、,;]{0,20}"
_MEETING_ID: Final = (
    rf"(?:{MEETING})(?:'s)?[\s_-]?(?:の\s?)?(?:kenn)?(?:{ID}){_GAP}{_NUMBER}"
    rf"|(?<![a-z])(?:{ID})\s(?:{OF})?(?:{MEETING}){_GAP}{_NUMBER}"
    rf"|(?:{SERVICE})\s?[:=(#]?\s?(?:{_GROUPED}|(?!0)\d{{9,11}}(?!\d))"
    rf"|(?<![\w?&/.=%-])(?<![^\W\d][ \t])id(?:\s?[:=]\s?|\s)(?:{_GROUPED}|(?!0)\d{{11}}(?!\d))"
    rf"|(?<!\w)id\s?[/・&,+]\s?(?:pw|pass\w{{0,4}}|パス\S{{0,3}})\s?[:=]\s?{_NUMBER}"
    r"|,,\s?\d{8,14}(?!\d)"
)
"""A number of a meeting under its name, beside a service's, as `ID` alone, or dialled after a telephone number."""


def _has_number(text: str) -> bool:
    """Whether there is a number as long as those of meetings, in groups or not."""
    return compiled(_NUMBER).search(text) is not None


# ---- passcodes

_CREDENTIALS: Final = r"://[^\s/@:]++:[^\s/@]++@"
_NAME: Final = rf"(?P<passcode>{PASSCODE})|(?P<code>{CODE})|(?P<short>{SHORT})"
_REMARK: Final = r"\s*+(?:\([^()\n]{0,20}\)\s*+)?"
_VALUE: Final = r"[「『\"'`<(\[]*+([!-~]{3,64})"
_ASSIGNED: Final = rf"{_REMARK}[:=]\s*+{_VALUE}[ \t]*+(\S?)"
_QUALIFIED: Final = rf"(?:\s(?:{OF})[^\n:=]{{1,25}})?{_ASSIGNED}"
_SPOKEN: Final = rf"{_REMARK}(?:{IS}|→|-|(?<=\s)|(?=[「『\"'`]))\s*+{_VALUE}"
_MASK: Final = r"[*xX._?-]+"
_AROUND: Final = "\"'`<>()[].,;:!"
_LONGEST_AMOUNT: Final = 5


def _has_passcode(text: str) -> bool:
    return any(_is_given(found, text) for found in _names(text))


def _names(text: str) -> Iterator[re.Match[str]]:
    """Where the words for a passcode stand. In Latin letters they are whole words, or end one as in German."""
    for found in compiled(_NAME).finditer(text.lower()):
        before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
        if not _is_latin(after) and (found["passcode"] or not _is_latin(before)):
            yield found


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _is_given(name: re.Match[str], text: str) -> bool:
    """Whether a passcode follows the word for it."""
    assigned = compiled(_QUALIFIED).match(text, name.end())
    if assigned and _is_code(assigned[1].strip(_AROUND), assigned[2]):
        return True
    if name["short"]:
        return False
    spoken = compiled(_SPOKEN).match(text, name.end())
    if spoken and _looks_made_up(spoken[1].strip(_AROUND)):
        return True
    alone = compiled(_ASSIGNED).match(text, name.end()) if name["passcode"] else None
    return alone is not None and _is_given_alone(alone[1].strip(_AROUND), alone[2])


def _is_code(word: str, following: str) -> bool:
    """Whether a value looks like a code, and not like an amount, such as in "MDP: 10000 states"."""
    is_amount = word.isdigit() and len(word) <= _LONGEST_AMOUNT and following.isalpha()
    return _looks_made_up(word) and not is_amount


def _is_given_alone(word: str, following: str) -> bool:
    """Whether something is said to be the passcode: what looks like one, or the only word in its line."""
    return _looks_made_up(word) or (not following and word != "" and not _is_harmless(word))


def _looks_made_up(word: str) -> bool:
    """Whether a word is none of any language: it has a digit, or capitals where there should be none."""
    if len(word) < 4 or word.lower().startswith(("http://", "https://")):
        return False
    inside = word[1:]
    return any(letter.isdigit() for letter in word) or (inside != inside.lower() and word != word.upper())


def _is_harmless(word: str) -> bool:
    return word.lower() in HARMLESS or compiled(_MASK).fullmatch(word) is not None
