"""Single values of the page: who speaks, how one can attend, in which language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.date_parsing import JAPAN, NotADateError, parse_date
from bot.domain.lecture import Mode
from bot.domain.people import people_in
from bot.domain.rooms import name_and_room
from bot.domain.text import one_line, plain
from bot.schedule.yaml_reader import Tree
from bot.sources.document import Anchor, Line
from bot.sources.fields.links import is_map, label_of
from bot.sources.fields.remarks import Remark, is_undecided, remark, trimmed, without_remarks

_THERE: Final = re.compile(
    r"対面|現地|会場|in.?person|on.?site|präsenz|vor ort|présentiel|sur place|presencial|presenza|locatie|线下|대면",
    re.IGNORECASE,
)
_ONLINE: Final = re.compile(
    r"オンライン|zoom|リモート|遠隔|配信|online|remote|en ligne|distan|virtu|en línea|线上|線上|온라인", re.IGNORECASE
)
_BOTH: Final = re.compile(r"ハイブリ|hybrid|híbrid|ibrid|混合|하이브리드", re.IGNORECASE)
_DOUBTFUL: Final = re.compile(r"な[しい]|ません|未定|検討|調整|\bno\b|\bnot\b", re.IGNORECASE)
_ONLY: Final = re.compile(r"のみ|だけ|only|\bnur\b|uniquement|seulement|\bsolo\b|\bsó\b|alleen|仅", re.IGNORECASE)


def speakers(text: str, affiliation: str = "") -> list[dict[str, Tree]]:
    """The speakers, 「山田 花子 (架空大学)」; the affiliation of one alone may stand elsewhere. None is undecided.

    Where it is not certain that they are several, they are taken as they are written, as one name.
    """
    found = people_in(one_line(text))
    if len(found) == 1:
        return [speaker(who.name, who.affiliation or affiliation) for who in found if not is_undecided(who.name)]
    return [speaker(who.name, who.affiliation or "") for who in found]


def speaker(name: str, affiliation: str) -> dict[str, Tree]:
    """Somebody as the file has them."""
    said: dict[str, Tree] = {"name": name}
    return said | ({"affiliation": affiliation} if affiliation and not is_undecided(affiliation) else {})


_SERVICE: Final = (
    r"zoom|webex|teams|meet(?!\w)|jitsi|bigbluebutton|bbb|skype|tencent|腾讯会议|オンライン|online|virtual|remote|webinar|"
    r"en ligne|visio(?:conférence)?|en línea|线上|線上|온라인|ウェブ"
)
_NOWHERE: Final = re.compile(
    rf"(?:{_SERVICE}|microsoft|ms|google|web|meeting|のみ|だけ|only|nur|seulement|solo|via|by|on|par|per|über|開催|配信|会議|"
    r"[\W_])++",
    re.IGNORECASE,
)
"""Words of a place that is none, because one attends online."""


def is_nowhere(place: str) -> bool:
    """Whether a place says only that one attends online: 「ZOOM（オンラインのみ）」."""
    said = plain(place)
    return re.search(_SERVICE, said, re.IGNORECASE) is not None and _NOWHERE.fullmatch(said) is not None


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


_UNDECIDED: Final = frozenset({Remark.UNDECIDED, Remark.ROOM_UNDECIDED})
_COMMAS: Final = re.compile(r"[、,，;；]\s*")


_HOW_AND_WHERE: Final = re.compile(
    r"(?P<how>(?:ハイブリッド|対面|現地|hybrid|in[- ]?person|on[- ]?site)(?:開催|形式|のみ|参加| only)?) ?"
    r"[(（](?P<where>[^()（）]+)[)）]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """What is said of the place; `anchor` is the link that shows it, `mode` what is said there of how one attends."""

    name: str | None = None
    room: str | None = None
    anchor: Anchor | None = None
    tentative: bool = False
    room_undecided: bool = False
    mode: Mode | None = None


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
    how, where = _how_and_where(one_line("".join(texts if named is None else texts[: named + 1])))
    head, said, undecided = _divided(where)
    name, room = name_and_room(trimmed(head))
    if named is not None:
        after, said_after, undecided_after = _divided("".join(texts[named + 1 :]))
        room, said, undecided = one_line(f"{room} {after}"), said | said_after, undecided or undecided_after
    known = room if room and not is_undecided(room) else None
    return Place(
        name=name if name and not is_undecided(name) else None,
        room=known,
        anchor=anchor,
        tentative=Remark.TENTATIVE in said,
        room_undecided=undecided or bool(room and not known),
        mode=how,
    )


def _how_and_where(text: str) -> tuple[Mode | None, str]:
    """How one attends, if the text begins with that, and the place: 「ハイブリッド（理学部 201）」."""
    found = _HOW_AND_WHERE.fullmatch(text)
    return (mode(found["how"]), found["where"]) if found and not mode(found["where"]) else (None, text)


def _divided(text: str) -> tuple[str, frozenset[Remark], bool]:
    """The text without remarks, what those say, and whether one of its parts says that the room is undecided."""
    rest, said = without_remarks(one_line(text))
    parts = [part for part in _COMMAS.split(rest) if part.strip()]
    kinds = [remark(part) for part in parts]
    kept = [part for part, kind in zip(parts, kinds, strict=True) if kind is None]
    found = said | {kind for kind in kinds if kind}
    words = (rest if len(kept) == len(parts) else " ".join(kept)).split(" ")
    known = [word for position, word in enumerate(words) if not position or remark(word) not in _UNDECIDED]
    return one_line(" ".join(known)), found, len(known) < len(words) or (bool(kept) and bool(found & _UNDECIDED))


@dataclass(frozen=True, slots=True)
class Span:
    """A day, perhaps with its weekday and times, and what is written around them."""

    day: date
    weekday: int | None = None
    starts: time | None = None
    ends: time | None = None
    beside: str = ""
    nights: int = 0

    @property
    def last_day(self) -> date:
        """The day of the end."""
        return self.day + timedelta(days=self.nights)

    @property
    def ends_first(self) -> bool:
        """Whether the end is not after the start."""
        return not self.nights and self.starts is not None and self.ends is not None and self.ends <= self.starts


def span(text: str, zone: ZoneInfo) -> Span | None:
    """What the text says, in times of the zone; None if that can't be told for certain.

    A day needs its year; a time in another zone than this one and Japan's is not certain.
    """
    try:
        said = parse_date(text)
    except NotADateError:
        return None
    if said.year is None or said.month is None or said.day is None or re.search(r"\d", said.rest):
        return None
    try:
        day = date(said.year, said.month, said.day)
    except ValueError:
        return None
    found = Span(day, said.weekday, said.start, said.end, trimmed(said.rest), said.nights)
    here = datetime.combine(day, said.start or time(12), zone)
    if said.start is None or said.zone in (None, here.utcoffset(), here.tzname()):
        return found
    return _moved(found, said.start, zone) if said.zone in (JAPAN, "JST") else None


def moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A single moment with a time, such as a deadline, naive in times of the zone; None if it is not told in full."""
    said = span(re.sub(r"(?:迄|締切|〆切|締め切り)[。.]?$", "", plain(text)), zone)
    if said is None or said.starts is None or said.ends or said.beside:
        return None
    return datetime.combine(said.day, said.starts) if said.weekday in (None, said.day.weekday()) else None


def _moved(told: Span, starts: time, zone: ZoneInfo) -> Span | None:
    """The span, which was told in Japan's time, in that of another zone; None where that falls on another day."""
    japan = timezone(JAPAN)
    begins = datetime.combine(told.day, starts, japan).astimezone(zone)
    finishes = datetime.combine(told.last_day, told.ends, japan).astimezone(zone) if told.ends else begins
    if (begins.date(), finishes.date()) != (told.day, told.last_day if told.ends else told.day):
        return None
    return replace(told, starts=begins.time(), ends=finishes.time() if told.ends else None)
