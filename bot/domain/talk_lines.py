"""A talk in a line of a program: when, what, by whom."""

import re
from datetime import time
from typing import Final, NamedTuple

from bot.domain.people import NameAndAffiliation, people_in
from bot.domain.text import one_line

_CLOCK: Final = r"(?:[01]?\d|2[0-3])[:：][0-5]\d"
_TIMES: Final = re.compile(rf"(?P<starts>{_CLOCK})(?:\s*+[-–—−~〜～]\s*+(?P<ends>{_CLOCK})?)?\s*+[:：|、,]?\s*+")
_QUOTED: Final = re.compile(
    r"「(?P<ja>[^「」]*(?:「[^「」]*」[^「」]*)*)」|『(?P<book>[^『』]*)』|“(?P<en>[^“”]*)”|\"(?P<plain>[^\"]*)\""
)
_DASH: Final = re.compile(r"(?<=\s)[-–—―]{1,2}(?=\s)")
_SPEAKER_FIRST: Final = re.compile(r"(?P<who>[^:：()（）]{2,60}[(（][^()（）]{2,80}[)）])\s*+[:：]\s*+(?P<title>.+)")
_AROUND: Final = " \t:：、,-–—―/／・"


class TalkLine(NamedTuple):
    """What a line says of a talk; the title is empty where only people are named."""

    title: str = ""
    people: tuple[NameAndAffiliation, ...] = ()
    starts: time | None = None
    ends: time | None = None


def talk_in(line: str) -> TalkLine:
    """The talk in a line: `13:00-13:45 「Title」Name (Affiliation)`, `13:00 Title – Name`, `Name (Affiliation): Title`.

    A title in quotes may stand before or after the people; without quotes, people stand behind the last dash.
    """
    text = one_line(line)
    when = _TIMES.match(text)
    rest = text[when.end() :] if when else text
    title, by = _divided(rest)
    people = tuple(people_in(by)) if by else ()
    return TalkLine(title, people, _time(when and when["starts"]), _time(when and when["ends"]))


def talk_line(title: str, by: str, *, usual: str) -> str:
    """The talk as `usual` or, where `talk_in` would take that for something else, with the title in brackets."""
    said = talk_in(usual)
    is_read = said.title == one_line(title) and (said.people == (tuple(people_in(by)) if by else ()))
    return usual if is_read and not said.starts else f"「{title}」{by}"


def _divided(text: str) -> tuple[str, str]:
    quoted = _QUOTED.match(text) or _last_quoted(text)
    if quoted:
        title = next(each for each in quoted.groups() if each is not None)
        return title.strip(), f"{text[: quoted.start()]}{text[quoted.end() :]}".strip(_AROUND)
    first = _SPEAKER_FIRST.fullmatch(text)
    if first:
        return first["title"].strip(), first["who"].strip()
    dashes = [*_DASH.finditer(text)]
    if dashes:
        return text[: dashes[-1].start()].strip(), text[dashes[-1].end() :].strip()
    return text.strip(), ""


def _last_quoted(text: str) -> re.Match[str] | None:
    """A title in quotes that ends the line, after people."""
    return next((each for each in _QUOTED.finditer(text) if not text[each.end() :].strip(_AROUND)), None)


def _time(written: str | None) -> time | None:
    hours, _, minutes = written.replace("：", ":").partition(":") if written else ("", "", "")
    return time(int(hours), int(minutes)) if hours else None
