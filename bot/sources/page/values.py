"""Single values of the page: who speaks, how one can attend, in which language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.lecture import Mode, name_and_affiliation, name_and_room
from bot.schedule.yaml_reader import Tree
from bot.sources.page.links import is_map, label_of
from bot.sources.page.markdown import Anchor, Line
from bot.sources.page.text import Remark, is_undecided, plain, remark, tidy, trimmed, without_remarks

_LANGUAGES: Final = {"日本語": "ja", "japanese": "ja", "英語": "en", "english": "en"}

_THERE: Final = re.compile(r"対面|現地|会場|in.?person|on.?site", re.IGNORECASE)
_ONLINE: Final = re.compile(r"オンライン|zoom|リモート|遠隔|配信|online|remote", re.IGNORECASE)
_BOTH: Final = re.compile(r"ハイブリ|hybrid", re.IGNORECASE)
_DOUBTFUL: Final = re.compile(r"な[しい]|ません|未定|検討|調整|\bno\b|\bnot\b", re.IGNORECASE)
_ONLY: Final = re.compile(r"のみ|だけ|only", re.IGNORECASE)


def speaker(text: str, affiliation: str = "") -> dict[str, Tree] | None:
    """The speaker, 「山田 花子 (架空大学)」, whose affiliation may stand elsewhere; None if the name is undecided.

    Several speakers are taken as they are written, as one name.
    """
    name, beside = name_and_affiliation(tidy(text))
    belongs = affiliation if beside is None else beside
    if is_undecided(name):
        return None
    said: dict[str, Tree] = {"name": name}
    if belongs and not is_undecided(belongs):
        said["affiliation"] = belongs
    return said


def mode(text: str) -> Mode | None:
    """How the lecture can be attended; None if that is not certain."""
    said = plain(text)
    there, online = bool(_THERE.search(said)), bool(_ONLINE.search(said))
    if _DOUBTFUL.search(said) or (_ONLY.search(said) and there and online):
        return None
    if _BOTH.search(said) or (there and online):
        return Mode.HYBRID
    if there:
        return Mode.IN_PERSON
    return Mode.ONLINE if online else None


def language(text: str) -> str | None:
    """The code of the language; None if the bot does not know it."""
    return _LANGUAGES.get(plain(text).lower())


_UNDECIDED: Final = frozenset({Remark.UNDECIDED, Remark.ROOM_UNDECIDED})
_COMMAS: Final = re.compile(r"[、,，;；]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """What is said of the place; `anchor` is the link that shows it."""

    name: str | None = None
    room: str | None = None
    anchor: Anchor | None = None
    tentative: bool = False
    room_undecided: bool = False


def place(lines: Sequence[Line]) -> Place:
    """The place that the lines of a label say."""
    spans = [span for line in lines for span in (*line.spans, " ")]
    texts: list[str] = []
    named: int | None = None
    anchor: Anchor | None = None
    for span in spans:
        if isinstance(span, str):
            texts.append(span)
        elif is_map(span):
            anchor = anchor or span
        else:
            named = len(texts) if named is None else named
            anchor = span if named == len(texts) else anchor
            texts.append(label_of(span))
    head, said, undecided = _divided("".join(texts if named is None else texts[: named + 1]))
    name, room = name_and_room(trimmed(head))
    if named is not None:
        after, said_after, undecided_after = _divided("".join(texts[named + 1 :]))
        room, said, undecided = tidy(f"{room} {after}"), said | said_after, undecided or undecided_after
    known = room if room and not is_undecided(room) else None
    return Place(
        name=name if name and not is_undecided(name) else None,
        room=known,
        anchor=anchor,
        tentative=Remark.TENTATIVE in said,
        room_undecided=undecided or bool(room and not known),
    )


def _divided(text: str) -> tuple[str, frozenset[Remark], bool]:
    """The text without remarks, what those say, and whether one of its parts says that the room is undecided."""
    rest, said = without_remarks(tidy(text))
    parts = [part for part in _COMMAS.split(rest) if part.strip()]
    kinds = [remark(part) for part in parts]
    kept = [part for part, kind in zip(parts, kinds, strict=True) if kind is None]
    found = said | {kind for kind in kinds if kind}
    words = (rest if len(kept) == len(parts) else " ".join(kept)).split(" ")
    known = [word for position, word in enumerate(words) if not position or remark(word) not in _UNDECIDED]
    return tidy(" ".join(known)), found, len(known) < len(words) or (bool(kept) and bool(found & _UNDECIDED))


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("月", "火", "水", "木", "金", "土", "日")
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_BEFORE: Final = rf"(?:\(?(?P<before>{'|'.join(_ENGLISH_DAYS)})[a-z]*\.?\)?\s*,?\s*)?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})\s*[/.\-年]\s*(?P<month>\d{1,2})\s*[/.\-月]\s*(?P<day>\d{1,2})(?!\d)\s*日?",
        rf"{_BEFORE}{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{{4}})(?!\d)",
        rf"{_BEFORE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*{_MONTH}\s*,?\s*(?P<year>\d{{4}})(?!\d)",
    )
)
_WEEKDAY: Final = re.compile(
    rf"[\s,]*[(\[【<]?\s*(?:(?P<ja>[{''.join(_DAYS)}])(?:曜日?)?|(?P<en>{'|'.join(_ENGLISH_DAYS)})[a-z]*\.?)"
    r"(?=[\s)\]】>・/,、.\d]|$)\s*(?:[・/,、.]?\s*(?:祝日?|休日?|振替休日|holiday))?\s*[)\]】>]?",
    re.IGNORECASE,
)
_CLOCK: Final = (
    r"(?P<{0}half>午前|午後|am|pm)?\s*(?P<{0}hour>\d{{1,2}})\s*"
    r"(?::\s*(?P<{0}minute>\d{{2}})(?!\d)|時\s*(?:(?P<{0}minutes>\d{{1,2}})\s*分|(?P<{0}thirty>半))?)\s*(?P<{0}after>am|pm)?"
)
_TIMES: Final = re.compile(
    rf"[\s,、]*(?:{_CLOCK.format('a')})\s*(?:(?:[-−–—‐―ー~〜→]+|から|to)\s*(?:(?:{_CLOCK.format('b')})\s*(?:まで)?)?|開始)?",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(r"\s*[(\[]?\s*(?:JST|日本時間|日本標準時|Japan time)\s*[)\]]?", re.IGNORECASE)
_JAPAN: Final = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Span:
    """A day, perhaps with its weekday and times, and what is written around them."""

    day: date
    weekday: int | None = None
    starts: time | None = None
    ends: time | None = None
    beside: str = ""

    @property
    def ends_first(self) -> bool:
        """Whether the end is not after the start."""
        return self.starts is not None and self.ends is not None and self.ends <= self.starts


def span(text: str, zone: ZoneInfo) -> Span | None:
    """What the text says, in times of the zone; None if that can't be told for certain."""
    said = plain(text)
    found = next((match for match in (pattern.search(said) for pattern in _DATES) if match), None)
    if not found:
        return None
    rest = said[found.end() :]
    weekday, rest = _weekday(found.groupdict().get("before"), rest)
    times = _TIMES.match(rest)
    rest = rest[times.end() :] if times else rest
    told = _ZONE.match(rest)
    rest = rest[told.end() :] if told else rest
    beside = trimmed(f"{said[: found.start()]} {rest}".strip())
    if re.search(r"\d", beside):
        return None
    try:
        day = date(int(found["year"]), _month(found["month"]), int(found["day"]))
        starts = _time(times, "a") if times else None
        ends = _time(times, "b") if times else None
    except ValueError:
        return None
    if told and starts and datetime.combine(day, starts, zone).utcoffset() != timedelta(hours=9):
        return _moved(day, weekday, starts, ends, beside, zone)
    return Span(day, weekday, starts, ends, beside)


def moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A single moment with a time, such as a deadline, naive in times of the zone; None if it is not told in full."""
    noon = re.sub(r"正午", "12:00", re.sub(r"(?:まで|迄|締切|〆切|締め切り)[。.]?\s*$", "", plain(text)))
    said = span(noon, zone)
    if said is None or said.starts is None or said.ends or said.beside:
        return None
    return datetime.combine(said.day, said.starts) if said.weekday in (None, said.day.weekday()) else None


def _weekday(before: str | None, rest: str) -> tuple[int | None, str]:
    if before:
        return _ENGLISH_DAYS.index(before.lower()), rest
    found = _WEEKDAY.match(rest)
    if not found:
        return None, rest
    number = _DAYS.index(found["ja"]) if found["ja"] else _ENGLISH_DAYS.index(found["en"].lower())
    return number, rest[found.end() :]


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written.lower()) + 1


def _time(found: re.Match[str], which: str) -> time | None:
    hour = found[f"{which}hour"]
    if hour is None:
        return None
    half = (found[f"{which}half"] or found[f"{which}after"] or "").lower()
    hours = int(hour)
    if half and hours > 12:
        raise ValueError(half)
    if half in ("午後", "pm") and hours < 12:
        hours += 12
    elif half == "am" and hours == 12:
        hours = 0
    minute = found[f"{which}minute"] or found[f"{which}minutes"] or ("30" if found[f"{which}thirty"] else "0")
    return time(hours, int(minute))


def _moved(day: date, weekday: int | None, starts: time, ends: time | None, beside: str, zone: ZoneInfo) -> Span | None:
    """The span, which was told in Japan's time, in that of another zone; None where that falls on another day."""
    begins = datetime.combine(day, starts, _JAPAN).astimezone(zone)
    finishes = datetime.combine(day, ends, _JAPAN).astimezone(zone) if ends else begins
    if (begins.date(), finishes.date()) != (day, day):
        return None
    return Span(day, weekday, begins.time(), finishes.time() if ends else None, beside)
