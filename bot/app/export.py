"""The schedule for the world outside of chats: the page's block, a calendar, data, a mail. Nothing is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Phase
from bot.domain.series import Series
from bot.options import Options
from bot.schedule.reader import Reading, read_file


class NothingToExportError(Exception):
    """What is asked for isn't there. Carries the name of the phrase that says so, and what fills its placeholders."""

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(phrase, values)
        self.phrase: Final = phrase
        self.values: Final = values


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be exported: of which schedule, seen at which instant, which lecture or all, for whom to read.

    Without `language`, that is the language of the series, and for mails both.
    """

    reading: Reading
    now: datetime
    lecture: Lecture | None
    language: Language | None
    changed: datetime
    """When the schedule's file was last written."""

    @property
    def series(self) -> Series:
        """The whole series."""
        return self.reading.series


def exported(options: Options, form: str, which: str | None) -> bytes:
    """The export in one of the `FORMS`, UTF-8. Raises InvalidSchedule and NothingToExportError."""
    reading = read_file(options.file)
    series = reading.series
    lecture = series.lecture(which) if which is not None else None
    if which is not None and lecture is None:
        raise NothingToExportError("export.no_lecture", number=which)
    changed = datetime.fromtimestamp(options.file.stat().st_mtime, UTC)
    return FORMS[form](_Request(reading, options.present(series.timezone), lecture, options.chosen, changed))


def _page(request: _Request) -> bytes:
    from bot.exports.page import page_block, page_part

    if request.lecture:
        return page_block(request.series, request.lecture, request.now).encode()
    return page_part(request.series, request.now).encode()


def _calendar(request: _Request) -> bytes:
    """What has changed in the file is not told by lecture: all of them are as new as it is."""
    from bot.exports.calendars import sequence
    from bot.exports.ics import calendar
    from bot.schedule.revisions import Changes

    series = request.series
    lectures = [request.lecture] if request.lecture else list(series.lectures)
    if request.lecture and not request.lecture.day:
        raise NothingToExportError("export.no_date", number=request.lecture.id)
    revisions = dict.fromkeys((lecture.id for lecture in lectures), sequence(Changes(0, request.changed)))
    modified = dict.fromkeys(revisions, request.changed)
    return calendar(series, lectures, request.language or series.language, request.now, revisions, modified)


def _data(request: _Request) -> bytes:
    from bot.exports.data import structure, text_of

    sections = structure(request.series, request.reading.settings)
    if request.lecture:
        position = request.series.lectures.index(request.lecture)
        sections["lectures"] = [sections["lectures"][position]]
    return f"{text_of(sections)}\n".encode()


def _mail(request: _Request) -> bytes:
    """The mail about the lecture or, if none is named, about the next one that has not begun."""
    from bot.exports.mail import mail

    series = request.series
    local = series.local(request.now)
    coming = (each for each in series.upcoming(request.now) if each.phase(local) is Phase.AHEAD)
    lecture = request.lecture or next(coming, None)
    if lecture is None:
        raise NothingToExportError("export.nothing_ahead")
    own = request.language or series.language
    others = [] if request.language else [each for each in LANGUAGES if each != own]
    return mail(series, lecture, request.now, [own, *others]).encode()


FORMS: Final[dict[str, Callable[[_Request], bytes]]] = {"md": _page, "ics": _calendar, "json": _data, "mail": _mail}
