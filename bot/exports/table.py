"""The schedule as a table (CSV, RFC 4180): a row for each lecture, with the columns that the reader of tables knows."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.language import Language
from bot.domain.lecture import Lecture, Status
from bot.domain.series import Series
from bot.domain.text import one_line
from bot.exports.page import Said
from bot.i18n import phrases

_FORMULA: Final = re.compile(r"(?=[=+\-@\t\r])")
"""How a cell begins that spreadsheets would run; with an apostrophe before it they don't."""

_BRACKETS: Final = str.maketrans("[]", "()")


def table(series: Series, lectures: Sequence[Lecture], now: datetime, language: Language) -> str:
    """The table under its headings, both in that language; columns that would be empty are left out."""
    say = phrases(language, series.called)
    rows = [[cell(PlainSaid(series, each, now, language)) for cell in _CELLS.values()] for each in lectures]
    used = [position for position in range(len(_CELLS)) if any(row[position] for row in rows)]
    headings = [say(f"block.label_{name}") for name in _CELLS]
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([_safe(row[position]) for position in used] for row in (headings, *rows))
    return written.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


class PlainSaid(Said):
    """The same as text without markup; links are written as in Markdown, since cells have no others."""

    def literal(self, text: str) -> str:
        """The text in one line."""
        return one_line(text)

    def running(self, text: str) -> str:
        """The text as it is."""
        return text.strip()

    def anchor(self, label: str, url: str | None, frame: str = "{}") -> str:
        """A link, or a label that has none yet."""
        name = frame.format(one_line(label).translate(_BRACKETS))
        return f"[{name}]({url})" if url else name

    @property
    def id(self) -> str:
        return "" if self.lecture.id == self.number else self.lecture.id

    @property
    def label(self) -> str:
        return self.literal(self.lecture.label.into(self.language)) if self.lecture.label else ""

    @property
    def ends(self) -> str:
        """The end, if it is on the same day."""
        ends = self.lecture.ends
        return _clock(ends) if ends and ends.date() == self.lecture.day else ""

    @property
    def state(self) -> str:
        """Whether it takes place, and whether the room is full."""
        planned = self.lecture.status is Status.PLANNED
        full = self.say("block.full").strip() if self.lecture.registration.in_person_full else ""
        return f"{'' if planned else self.say(f'block.status_{self.lecture.status}')} {full}".strip()

    @property
    def place(self) -> str:
        venue = self.lecture.venue
        if not venue:
            return ""
        tentative = f" ({self.say('block.venue_tentative')})" if venue.tentative else ""
        return self.literal(venue.name.into(self.language)) + tentative

    @property
    def room(self) -> str:
        room = self.lecture.venue.room if self.lecture.venue else None
        return self.literal(room.into(self.language)) if room else ""


def _clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


_CELLS: Final[Mapping[str, Callable[[PlainSaid], str]]] = {
    "number": lambda said: said.number,
    "id": lambda said: said.id,
    "called": lambda said: said.label,
    "day": lambda said: said.lecture.day.isoformat() if said.lecture.day else "",
    "starts": lambda said: _clock(said.lecture.starts),
    "ends": lambda said: said.ends,
    "status": lambda said: said.state,
    "speaker": lambda said: "" if said.is_told_by_talks else said.speakers,
    "title": lambda said: said.title,
    "talks": lambda said: said.talks,
    "mode": lambda said: said.mode,
    "venue": lambda said: said.place,
    "room": lambda said: said.room,
    "language": lambda said: said.spoken,
    "form": lambda said: said.lecture.registration.url or "",
    "deadline": lambda said: said.deadline,
    "join": lambda said: said.lecture.join or "",
    "materials": lambda said: said.own_materials(),
    "notes": lambda said: said.notes,
    "abstract": lambda said: said.abstract,
}
"""The columns, each under the name of its heading's phrase."""
