"""Finds days, weekdays and times in a text, in Japanese and English words and notations.

All patterns run over one text with no two spaces in a row, in time linear to its length.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from bot.domain.dates import MONTH, WEEKDAYS
from bot.domain.text import plain


class Kind(StrEnum):
    """What a part of a date says."""

    DAY = "day"
    RELATIVE = "relative"
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    UNDECIDED = "undecided"
    ZONE = "zone"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class DateTokens:
    """The parts of one date, at most one of each kind; the number of `days` in all of the text; its `rest`."""

    parts: Mapping[Kind, re.Match[str]]
    days: int
    rest: str


def date_tokens(text: str) -> DateTokens:
    """What belongs to one date: all around its day with nothing but punctuation and particles between."""
    written = plain(text)
    signs = written.translate(_SIGNS)
    tokens = list(_tokens(signs))
    parts = {token.kind: token.found for token in reversed(_run(tokens, signs))}
    days = sum(token.kind is Kind.DAY for token in tokens)
    return DateTokens(parts, days, _rest(written, [found.span() for found in parts.values()]))


def parted(text: str) -> tuple[str, str] | None:
    """The two dates of a text such as `5/21 22:00 - 5/22 1:00`; None if it is no such text."""
    written = plain(text)
    signs = written.translate(_SIGNS)
    days = [token.found.start() for token in _tokens(signs) if token.kind is Kind.DAY]
    until = _TO.search(signs[: days[1]]) if len(days) == 2 else None
    return (written[: until.start()], written[until.end() :]) if until else None


_TO: Final = re.compile(r"(?:[-~→]{1,2}>?|から|to|until|till) ?\Z")
"""Between two dates with their times."""

_SIGNS: Final = str.maketrans("−‐‑‒–—―ー〜～", "-" * 8 + "~" * 2)
_ORDINAL: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:[ ,-]*(?P<year>\d{4})(?![\d:]))?"

_JAPANESE: Final = "[月火水木金土日]"
_ENGLISH: Final = "|".join(sorted(filter(str.isascii, WEEKDAYS), key=len, reverse=True))
_HOLIDAY: Final = r"(?:祝日?|休日?|振替休日|holiday)"

NUMBERS: Final = {
    **dict(zip("一二三四五六七八九十", range(1, 11), strict=True)),
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_COUNT: Final = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(filter(str.isascii, NUMBERS), key=len, reverse=True))})"
DAY_WORDS: Final = {
    **dict.fromkeys(("今日", "本日", "today"), 0),
    **dict.fromkeys(("明日", "あした", "あす", "tomorrow"), 1),
    **dict.fromkeys(("明後日", "あさって", "day after tomorrow"), 2),
}
WEEK_WORDS: Final = {
    **dict.fromkeys(("今週", "this week"), 0),
    **dict.fromkeys(("来週", "次週", "翌週", "next week"), 1),
    **dict.fromkeys(("再来週", "さ来週", "week after next"), 2),
}


def _words(words: Iterable[str]) -> str:
    """Any of the words, the English ones whole."""
    return "|".join(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word for word in words)


_NOON: Final = r"正午|(?<![a-z])(?:12 ?)?noon(?![a-z])"
_HALF: Final = r"午前|午後|[ap]\.?m(?:\.|(?![a-z]))"
_CLOCK: Final = (
    r"(?:(?P<{0}noon>" + _NOON + r")|(?:(?P<{0}half>" + _HALF + r") ?)?(?<!\d)(?P<{0}hour>\d{{1,2}})(?!\d|/\d| ?月)"
    r"(?P<{0}said> ?: ?(?P<{0}minute>\d{{2}})(?!\d)(?::\d{{2}}(?!\d)(?:\.\d{{1,9}})?)?|"
    r" ?時(?!間)(?: ?(?P<{0}minutes>\d{{1,2}}) ?分| ?(?P<{0}thirty>半))?)?"
    r"(?: ?(?P<{0}after>" + _HALF + r"))?)"
)
_ISO: Final = r"(?:(?<=[\d)])T ?|(?<=[\d)] )T ?)?"
_UNTIL: Final = r"(?! -0\d(?:\d\d)?(?![\d:時])) ?(?:[-~→]+>?|から|to|until|till) ?"
"""Between two times; what looks like an offset from UTC is none: `13:00 -03`."""

_KINDS: Final[tuple[tuple[Kind, str], ...]] = (
    (
        Kind.DAY,
        r"(?<!\d)(?P<year>\d{4}) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})(?!\d)(?: ?日)?",
    ),
    (
        Kind.DAY,
        r"(?:令和|(?<![a-z])R\.?) ?(?P<era>\d{1,2}|元) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?"
        r"(?P<day>\d{1,2})(?!\d)(?: ?日)?",
    ),
    (Kind.DAY, r"(?<![\d/.-])(?P<either>\d{1,2})[-/.](?P<other>\d{1,2})[-/.](?P<year>\d{4})(?!\d)"),
    (Kind.DAY, r"(?<![\d/.-])(?P<short>\d{1,2}/\d{1,2}/\d{1,2})(?![\d/])"),
    (Kind.DAY, r"(?<![\d/.])(?P<month>\d{1,2}) ?/ ?(?P<day>\d{1,2})(?![\d/:])"),
    (Kind.DAY, r"(?<!\d)(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2})(?!\d)(?: ?日)?"),
    (Kind.DAY, rf"(?<!\d){_ORDINAL}(?: of)?[ -]*{MONTH}{_YEAR}"),
    (Kind.DAY, rf"(?<![a-z]){MONTH} ?{_ORDINAL}(?![\d:]| ?[ap]m){_YEAR}"),
    (
        Kind.RELATIVE,
        r"(?<!\S)(?P<sign>[+-]) ?(?P<number>\d{1,3}) ?(?P<unit>d(?:ays?)?|w(?:eeks?)?|日|週間?)後?(?![a-z])",
    ),
    (Kind.RELATIVE, r"(?<!\d)(?P<number>\d{1,3}|[一二三四五六七八九十]) ?(?P<unit>日|週間?)(?P<later>後)"),
    (
        Kind.RELATIVE,
        rf"(?<![a-z\d]){_COUNT} (?P<unit>day|week)s? (?:(?P<later>later)|from (?:now|today))(?![a-z])",
    ),
    (Kind.RELATIVE, rf"(?<![a-z])in {_COUNT} (?P<unit>day|week)s?(?![a-z])"),
    (Kind.RELATIVE, rf"(?P<word>{_words(DAY_WORDS)})"),
    (Kind.RELATIVE, rf"(?P<week>{_words(WEEK_WORDS)})の?"),
    (Kind.RELATIVE, rf"(?<![a-z])(?P<which>this|next)(?= (?:{_ENGLISH})(?![a-z]))"),
    (
        Kind.RELATIVE,
        rf"(?P<coming>(?<![a-z])(?:this )?coming(?= (?:{_ENGLISH})(?![a-z]))|(?:次|今度)の(?={_JAPANESE}曜))",
    ),
    (
        Kind.WEEKDAY,
        rf"[(\[【<] ?(?P<within>{_JAPANESE}|{_ENGLISH})(?:曜日?|\.)?(?: ?[・/,、.]? ?{_HOLIDAY})? ?[)\]】>]|"
        rf"(?:(?P<japanese>{_JAPANESE})曜日?|"
        rf"(?:(?<=[/.-]\d)|(?<=[/.-]\d\d)|(?<=日)|(?<!\S))(?P<alone>{_JAPANESE})(?![^\W\d_]))(?: ?・ ?{_HOLIDAY})?|"
        rf"(?<![a-z])(?P<english>{_ENGLISH})(?![a-z])\.?",
    ),
    (Kind.HOLIDAY, rf"\( ?{_HOLIDAY} ?\)"),
    (
        Kind.UNDECIDED,
        r"(?:開始)?(?:時刻|時間)? ?は? ?未定|"
        r"(?:time ?)?(?<![a-z])(?:tba|tbd|to be (?:announced|decided))(?![a-z])",
    ),
    (
        Kind.ZONE,
        r"(?:\( ?)?(?:(?<![a-z])(?P<zone>(?-i:[A-Z]{2,4}T|ChST|GMT|MS[DK]|UTC|WIB|WITA)|jst)(?![a-z])|"
        r"(?P<japan>日本(?:標準)?時間?|(?<![a-z])japan time(?![a-z])))(?: ?\))?|"
        r"(?P<offset>(?<=\d)Z(?![a-z\d])|(?:(?<=:\d\d)|(?<=:\d\d ))\+\d\d(?::?\d\d)?(?!\d)|"
        r"(?<=:\d\d )-(?:0\d|1[0-2])(?:\d\d)?(?![\d:]))",
    ),
    (Kind.TIMES, f"{_ISO}{_CLOCK.format('a')}{_UNTIL}{_CLOCK.format('b')}"),
    (Kind.TIMES, f"{_ISO}{_CLOCK.format('a')}"),
)
_NAMED: Final = re.compile(r"\(\?P<\w+>")


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """What finds the next token, whose group is named for its index, and what reads each; made with the first date,
    since that takes longer than a question about no date."""
    parts = (f"(?P<_{index}>{_NAMED.sub('(?:', pattern)})" for index, (_, pattern) in enumerate(_KINDS))
    each = tuple(re.compile(pattern, re.IGNORECASE) for _, pattern in _KINDS)
    return re.compile("|".join(parts), re.IGNORECASE), each


_BESIDE: Final = re.compile(
    r"[ ,、。.~;:()-]+|から|より|まで|開始|開催|日時|日程|時間|に|へ|の|"
    r"(?<![a-z])(?:on|at|from|of|the|time|date|and)(?![a-z])",
    re.IGNORECASE,
)
"""What may stand between and around the parts without meaning anything."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    found: re.Match[str]


def _tokens(text: str) -> Iterator[_Token]:
    position, (any_token, patterns) = 0, _patterns()
    while token := any_token.search(text, position):
        index = int(str(token.lastgroup)[1:])
        kind, found = _KINDS[index][0], patterns[index].match(text, token.start())
        if found and (kind is not Kind.TIMES or _is_time(found)):
            yield _Token(kind, found)
            position = token.end()
        else:
            position = token.start() + 1


def _run(tokens: Sequence[_Token], text: str) -> Sequence[_Token]:
    """The tokens of one date: those around its day or, if there is none, around the first of them."""
    runs: list[list[_Token]] = []
    for token in tokens:
        if runs and _means_nothing(text[runs[-1][-1].found.end() : token.found.start()]):
            runs[-1].append(token)
        else:
            runs.append([token])
    dated = (run for run in runs if any(token.kind is Kind.DAY for token in run))
    return next(dated, runs[0] if runs else [])


def _means_nothing(text: str) -> bool:
    return not _BESIDE.sub("", text)


def _rest(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """The text without these parts; nothing if what is left means nothing."""
    position, pieces = 0, []
    for start, end in sorted(taken):
        pieces.append(text[position:start])
        position = end
    rest = " ".join([*pieces, text[position:]])
    return "" if _means_nothing(rest.translate(_SIGNS)) else plain(rest).strip(" ,、。.~;:-")


def _is_time(found: re.Match[str]) -> bool:
    """Whether what looks like numbers is said to be times: by a colon, 時, 午後 or pm at one of them at least."""
    return any(value for name, value in found.groupdict().items() if name[1:] in ("said", "half", "after", "noon"))
