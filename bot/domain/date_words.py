"""Dates as other languages than Japanese and English write them, rewritten for the one reader of dates.

Only for texts that are known to be dates: 「do」 is a Thursday in German and Dutch, and no date at all in English.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.text import plain


class DayOrder(StrEnum):
    """Which part comes first where a date is nothing but numbers: 8/6, 10/1/25."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


_MONTHS: Final = (
    "january januar janner janvier enero gennaio janeiro januari jan janv ene gen",
    "february februar feber fevrier febrero febbraio fevereiro februari feb febr fevr fev",
    "march marz maerz mars marzo marco maart mar mrz mrt",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio maio mei mag",
    "june juni juin junio giugno junho jun giu",
    "july juli juillet julio luglio julho jul juil lug",
    "august aout agosto augustus aug ago",
    "september septembre septiembre setiembre settembre setembro sep sept set",
    "october oktober octobre octubre ottobre outubro oct okt ott out",
    "november novembre noviembre novembro nov",
    "december dezember decembre diciembre dicembre dezembro dec dez dic",
)
_WEEKDAYS: Final = (
    "monday montag lundi lunes lunedi segunda segunda-feira maandag mon mo lun seg ma",
    "tuesday dienstag mardi martes martedi terca terca-feira dinsdag tue tues di mar ter",
    "wednesday mittwoch mercredi miercoles mercoledi quarta quarta-feira woensdag wed weds mi mer mie qua wo",
    "thursday donnerstag jeudi jueves giovedi quinta quinta-feira donderdag thu thur thurs do jeu jue gio qui",
    "friday freitag vendredi viernes venerdi sexta sexta-feira vrijdag fri fr ven vie sex vr",
    "saturday samstag sonnabend samedi sabado sabato zaterdag sat sa sam sab za",
    "sunday sonntag dimanche domingo domenica zondag sun so dim dom zo",
)
"""The first word of each line is the English one; all are without accents. Months come before weekdays: 「mar」."""

_ENGLISH: Final[Mapping[str, str]] = {
    word: words.split()[0][:3].capitalize() for words in (*_WEEKDAYS, *_MONTHS) for word in words.split()
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:-feira)?")
_EITHER: Final = re.compile(r"(?<![^\W\d_])mar(?![^\W\d_])\.?(?=,? *\d{1,2}\b)", re.IGNORECASE)
"""A Tuesday in French, Spanish and Italian, if there is a month besides."""

_SIGNS: Final = (
    (r"([월화수목금토일])요일", r"(\1)"),
    (r"[(\[] ?([월화수목금토일]) ?[)\]]", lambda found: f"({'月火水木金土日'['월화수목금토일'.index(found[1])]})"),
    (r"(?<=\d) ?년", "年"),
    (r"(?<=\d) ?월", "月"),
    (r"(?<=\d) ?일", "日"),
    (r"[(\[]? ?(?:星期|周|週|礼拜)([一二三四五六日天]) ?[)\]]?", lambda found: f"({_CHINESE[found[1]]})"),
    (r"(?<=\d) ?[号號]", "日"),
    (r"오전|上午|早上", "午前"),
    (r"오후|下午|晚上", "午後"),
    (r"(?<=\d) ?[시点點](?:整)?", "時"),
    (r"(?<=\d) ?분", "分"),
)
_CHINESE: Final[Mapping[str, str]] = {**dict(zip("一二三四五六日", "月火水木金土日", strict=True)), "天": "日"}
_TIMES: Final = (
    (r"(?<![\d.:])(\d{1,2})(?:[:.]00)? ?(?:uhr )?c\. ?t\.?(?!\w)", r"\1:15"),
    (r"(?<=\d) ?(?:uhr )?s\. ?t\.?(?!\w)", ":00"),
    (r"(?<![\d.:])(\d{1,2})[.:](\d\d) ?(?:uhr|uur)(?![a-z])", r"\1:\2"),
    (r"(?<![\d.:])(\d{1,2}) ?(?:uhr|uur)(?![a-z])", r"\1:00"),
    (r"(?<![\d.:])(\d{1,2}) ?[hH] ?(\d\d)(?!\d)", r"\1:\2"),
    (r"(?<![\d.:])(\d{1,2}) ?[hH](?![a-z])(?:rs)?", r"\1:00"),
    (r"(?<![\d.:])(\d{1,2})\.(\d\d)(?= ?[-~] ?\d{1,2}[.:]\d\d(?![.\d]))", r"\1:\2"),
    (r"(?<=\d[-~])(\d{1,2})\.(\d\d)(?![.\d])|(?<=\d [-~] )(\d{1,2})\.(\d\d)(?![.\d])", r"\1\3:\2\4"),
    (r"(?<=:\d\d) (?:bis|a|à|au|ate|até|às|as|tot|alle) (?=\d)", "-"),
    (r"(?<![\d:.])(\d{1,2}) ?(?:[-~]|bis) ?(\d{1,2}):(\d\d)(?!\d)", r"\1:00-\2:\3"),
)
_FILLERS: Final = re.compile(
    r"(?<![^\W_])(?:le|den|am|el|il|em|op|um|om|ab|von|de|del|vom|las|los|the|à|às|alle|ore|heure?s?)(?![^\W_])|"
    r"(?<=\d)(?:er|re|º|ª|°)(?![a-z])",
    re.IGNORECASE,
)
_FULL: Final = re.compile(r"(?<![\d/.Rr-])(?<!R\.)(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?![\d:/])")
_DOTTED: Final = re.compile(r"(?<![\d/.:Rr-])(\d{1,2})\. ?(\d{1,2})\.(?!\d)(?: ?(\d{4})(?![\d:]))?")
_SLASHED: Final = re.compile(r"(?<![\d/.:-])(\d{1,2}) ?/ ?(\d{1,2})(?![\d/:])")
_ORDINAL: Final = re.compile(r"(?<!\d)(\d{1,2})\. (?=[A-Z][a-z]{2}(?![a-z]))")
_SEVERAL: Final = (
    re.compile(r"([A-Z][a-z]{2}\.? \d{1,2}) ?[-~] ?\d{1,2}(?![\d:])"),
    re.compile(r"(?<![\d:-])(\d{1,2})\.? ?[-~] ?\d{1,2}\.? (?=[A-Z][a-z]{2}(?![a-z]))"),
    re.compile(r"(?<![\d:-])(\d{1,2})\. ?[-~] ?\d{1,2}\.(?=\d{1,2}\.)"),
)
"""Several days in one month, of which the first is taken."""


def in_english(text: str, order: DayOrder | None = None) -> str:
    """The date in the words and notations that `parse_date` knows; 8/6 and 12-06-2026 by their `order`.

    With dots the day comes first, whatever the order.
    """
    written = plain(text).translate(str.maketrans("‐‑‒–—−〜～", "------~~"))
    for pattern, replacement in _SIGNS:
        written = re.sub(pattern, replacement, written)
    for pattern, replacement in _TIMES:
        written = re.sub(pattern, replacement, written, flags=re.IGNORECASE)
    written = _FILLERS.sub("", _named(written))
    written = _ORDINAL.sub(r"\1 ", plain(written))
    for several in _SEVERAL:
        written = several.sub(lambda found: found[1] + ("." if found.re is _SEVERAL[2] else " "), written)
    written = _FULL.sub(lambda found: _full(found, order), written)
    written = _DOTTED.sub(_dotted, written)
    if order is DayOrder.DAY_FIRST:
        written = _SLASHED.sub(lambda found: _slashed(found[2], found[1]) or found[0], written)
    return plain(written)


def numbers_first(text: str) -> tuple[int, int] | None:
    """The two numbers that a date with slashes or dashes begins with, if their order is not known by itself."""
    written = plain(text)
    full = _FULL.search(written)
    if full:
        return (int(full[1]), int(full[3])) if full[2] != "." else None
    short = _SLASHED.search(written)
    return (int(short[1]), int(short[2])) if short else None


def _named(text: str) -> str:
    """The names of months and weekdays in English."""

    def name(found: re.Match[str]) -> str:
        letters = unicodedata.normalize("NFD", found[0].lower())
        return _ENGLISH.get("".join(each for each in letters if not unicodedata.combining(each)), found[0])

    either = _EITHER.search(text)
    if (
        either
        and any(
            _WORD.fullmatch(word) and name(_WORD.match(word)) in _NAMES  # type: ignore[arg-type]
            for word in _WORD.findall(text[either.end() :])
        )
    ):
        text = f"{text[: either.start()]}Tue {text[either.end() :]}"
    return _WORD.sub(name, text)


_NAMES: Final = tuple(words.split()[0][:3].capitalize() for words in _MONTHS)


def _full(found: re.Match[str], order: DayOrder | None) -> str:
    """Three numbers; two digits of a year are of this century."""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    year = third if third >= 100 else 2000 + third
    day_first = found[2] == "." or order is DayOrder.DAY_FIRST
    if order is None and found[2] != ".":
        return found[0]
    return _iso(year, second, first) if day_first else (_iso(year, first, second) or found[0])


def _dotted(found: re.Match[str]) -> str:
    if found[3]:
        return _iso(int(found[3]), int(found[2]), int(found[1]))
    return _slashed(found[2], found[1]) or found[0]


def _slashed(month: str, day: str) -> str:
    return f"{int(day)} {_NAMES[int(month) - 1]} " if _iso(2000, int(month), int(day)) else ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return f"{date(year, month, day).isoformat()} "
    except ValueError:
        return ""
