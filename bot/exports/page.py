"""Lectures as they stand on the organizers' page, ready to be pasted into it.

What is written here is a file's format, which the page's reader takes in, and so Japanese whatever the language; it
follows the template that stands in a comment on the page.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from bot.cards.abstract import linked
from bot.domain.lecture import Lecture, Material, Mode, Person, Phase, Status, Venue
from bot.domain.links import ADDRESS
from bot.domain.message import Link
from bot.domain.people import in_a_row
from bot.domain.registration import Form
from bot.domain.series import Series
from bot.i18n.languages import language_name

_INLINE: Final = re.compile(r"[\\`*_\[\]<>{|~]")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_BLOCK: Final = re.compile(r"(?P<number>\d{1,9}(?=[.)](?:\s|$)))|(?=#|[-+:](?:\s|$)|--|=+\s*$)")
"""What at the beginning of a line makes a heading, a list, a rule or a definition of it."""

_SPACE: Final = re.compile(r"\s+")


def literal(text: str) -> str:
    """The text in one line, every character of it for itself; addresses in it can be followed."""
    plain, written, end = _SPACE.sub(" ", text).strip(" "), "", 0
    for found in ADDRESS.finditer(plain):
        written += f"{_escaped(plain[end : found.start()])}<{found[0]}>"
        end = found.end()
    return written + _escaped(plain[end:])


def running(text: str) -> list[str]:
    """The lines of a running text, nothing at their beginning being markup either; Markdown links stay links."""
    return [_line(each.strip()) for each in text.strip().splitlines()]


def anchor(label: str, url: str) -> str:
    """A link under a label that is Markdown already."""
    address = _ENTITY.sub("&amp;", url.replace("\\", "\\\\"))
    return f"[{label}](<{address}>)" if re.search(r"[()]", address) else f"[{label}]({address})"


def escaped(text: str) -> str:
    """The text in one line, every character of it for itself, as the label of a link."""
    return _escaped(_SPACE.sub(" ", text).strip(" "))


def _line(text: str) -> str:
    spans = linked(text)
    written = "".join(
        anchor(escaped(span.label), span.url) if isinstance(span, Link) else _spaced(str(span)) for span in spans
    )
    return _BLOCK.sub(lambda found: f"{found['number'] or ''}\\", written, count=1) if _BLOCK.match(text) else written


def _spaced(text: str) -> str:
    """As `literal`, but with the space at either end that keeps it apart from a link."""
    before, after = (" " if re.match(r"\s", end) else "" for end in (text[:1], text[-1:]))
    return f"{before}{literal(text)}{after}"


def _escaped(text: str) -> str:
    return _ENTITY.sub("&amp;", _INLINE.sub(r"\\\g<0>", text))


_LANGUAGE: Final = "ja"
_UNDECIDED: Final = "TBA"
_WEEKDAYS: Final = "月火水木金土日"
_MODES: Final = {
    Mode.HYBRID: "対面とオンラインのハイブリッド",
    Mode.IN_PERSON: "対面のみ",
    Mode.ONLINE: "オンラインのみ",
}
_STATUSES: Final = {Status.PLANNED: "", Status.POSTPONED: " (延期)", Status.CANCELLED: " (中止)"}
_OVER: Final = "# <終了した講義>"


def page_part(series: Series, now: datetime) -> str:
    """All lectures of the page, each under its heading: those to come, then those that are over."""
    over = [lecture for lecture in series.lectures if _is_over(series, lecture, now)]
    ahead = [lecture for lecture in series.lectures if lecture not in over]
    blocks = [page_block(series, lecture, now) for lecture in ahead]
    if over:
        blocks += [f"{_OVER}\n", *(page_block(series, lecture, now) for lecture in over)]
    return "\n".join(blocks)


def page_block(series: Series, lecture: Lecture, now: datetime) -> str:
    """One lecture under its heading."""
    over = _is_over(series, lecture, now)
    heading = f"# 第{lecture.number}回{_STATUSES[lecture.status]}"
    blocks = ["\n".join([heading, *_facts(series, lecture, over), *_abstract(lecture)])]
    form = series.form(lecture)
    if form and lecture.phase(series.local(now)) is not Phase.OVER:
        blocks.append(_form(form, lecture, series))
    if lecture.materials:
        blocks.append("\n".join(map(_material, lecture.materials)))
    return "\n\n".join(blocks) + "\n"


def _is_over(series: Series, lecture: Lecture, now: datetime) -> bool:
    over_at = series.over_at(lecture)
    return over_at is not None and now.astimezone(UTC) >= over_at and lecture.status is not Status.POSTPONED


def _facts(series: Series, lecture: Lecture, over: bool) -> Iterator[str]:
    yield _fact("日時", _when(lecture) if lecture.day else None)
    yield _fact("講師", in_a_row([*map(_person, lecture.speakers)], comma="、"))
    yield _fact("講演題目", _title(lecture))
    yield _fact("開催方法", _MODES[lecture.mode] if lecture.mode else None)
    if lecture.venue or lecture.mode is not Mode.ONLINE:
        unusual = not over and series.is_unusual(lecture)
        yield _fact("場所", _venue(lecture.venue, unusual) if lecture.venue else None)
    if lecture.language:
        yield _fact("使用言語", language_name(lecture.language, _LANGUAGE))
    if isinstance(lecture.registration.closes, datetime):
        yield _fact("参加登録締切", _moment(series.local(lecture.registration.closes)))
    if lecture.notes:
        yield from _text("備考", lecture.notes.into(_LANGUAGE))


def _fact(label: str, value: str | None) -> str:
    return f"{label}: {value or _UNDECIDED} <br>"


def _abstract(lecture: Lecture) -> Iterator[str]:
    if lecture.abstract:
        yield from _text("概要", lecture.abstract.into(_LANGUAGE))
    else:
        yield _fact("概要", None)


def _text(label: str, text: str) -> Iterator[str]:
    yield f"{label}: <br>"
    for line in running(text):
        yield f"{line} <br>" if line else ""


def _when(lecture: Lecture) -> str | None:
    starts, ends = lecture.starts, lecture.ends
    if not starts:
        return f"{_day(lecture.day)} 時間未定" if lecture.day else None
    if ends and ends.date() != starts.date():
        return f"{_day(starts)} {starts:%H:%M}-{_moment(ends)}"
    until = f"{ends:%H:%M}" if ends else ""
    return f"{_day(starts)} {starts:%H:%M}-{until}{_zone(starts)}"


def _moment(instant: datetime) -> str:
    return f"{_day(instant)} {instant:%H:%M}{_zone(instant)}"


def _day(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day} ({_WEEKDAYS[day.weekday()]})"


def _zone(instant: datetime) -> str:
    """The zone if it is the one that the page always names; others have no name that its reader knows."""
    return " JST" if instant.tzname() == "JST" else ""


def _person(person: Person) -> str:
    name = literal(person.name.into(_LANGUAGE))
    return f"{name} ({literal(person.affiliation.into(_LANGUAGE))})" if person.affiliation else name


def _title(lecture: Lecture) -> str | None:
    title = literal(lecture.title.into(_LANGUAGE)) if lecture.title else None
    return f"{title} (仮)" if title and lecture.title_tentative else title


def _venue(venue: Venue, unusual: bool) -> str:
    room = literal(venue.room.into(_LANGUAGE)) if venue.room else ""
    if venue.url:
        place = anchor(escaped(venue.name.into(_LANGUAGE)), venue.url) + room
    else:
        place = f"{literal(venue.name.into(_LANGUAGE))} {room}".rstrip()
    remarks = [*(["予定"] if venue.tentative else []), *(["**いつもと会場が異なります**"] if unusual else [])]
    return f"{place} ({'、'.join(remarks)})" if remarks else place


def _form(form: Form, lecture: Lecture, series: Series) -> str:
    """The form under the numbers of all lectures that have no other."""
    served = [each for each in map(series.lecture, form.serves) if each and series.form(each) == form]
    numbers = "・".join(f"第{each.number}回" for each in served) or "全回共通の"
    full = " (対面は満席です)" if lecture.registration.in_person_full else ""
    return f"{anchor(f'[{numbers}参加登録フォーム]', form.url)}{full} <br>"


def _material(material: Material) -> str:
    label = f"[{escaped(material.label.into(_LANGUAGE))}]"
    return f"{anchor(label, material.url)} <br>" if material.url else f"[{label}]()：準備中 <br>"
