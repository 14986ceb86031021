"""The schedule for the world outside of chats: the page's block, a table, a calendar, data, a mail. Nothing is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.cards.naming import reference
from bot.domain.language import Language, nearest
from bot.domain.lecture import Lecture, Phase
from bot.domain.series import Series
from bot.i18n import phrases
from bot.options import ConfigurationError, Options
from bot.schedule.reader import Reading, read_file


class NothingToExportError(Exception):
    """What is asked for isn't there. Carries the name of the phrase that says so, and what it is about."""

    def __init__(self, phrase: str, series: Series, lecture: Lecture | None = None, typed: str = "") -> None:
        super().__init__(phrase)
        self._phrase: Final = phrase
        self._series: Final = series
        self._lecture: Final = lecture
        self._typed: Final = typed

    def sentence(self, language: Language) -> str:
        """What is not there."""
        say = phrases(language, self._series.called)
        name = reference(self._lecture, say) if self._lecture else ""
        return say(self._phrase, lecture=name, typed=self._typed)


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be exported: of which schedule, seen at which instant, which lecture or all, for whom to read.

    Without `language`, that is the language of the series, and for mails all in which the series is.
    """

    reading: Reading
    now: datetime
    lecture: Lecture | None
    language: Language | None
    changed: datetime
    """When the schedule's file was last written."""
    template: str | None = None

    @property
    def series(self) -> Series:
        """The whole series."""
        return self.reading.series


def exported(options: Options, form: str, which: str | None, template: Path | None = None) -> bytes:
    """The export in one of the `FORMS`, UTF-8; with a template only as `md`.

    Raises InvalidSchedule, NothingToExportError and, for a template that can't be used, ConfigurationError.
    """
    if template and form != "md":
        raise ConfigurationError("export.template.only_md")
    reading = read_file(options.file)
    series = reading.series
    lecture = series.named(which) if which is not None else None
    if which is not None and lecture is None:
        raise NothingToExportError("export.no_lecture", series, typed=which)
    changed = datetime.fromtimestamp(options.file.stat().st_mtime, UTC)
    return FORMS[form](
        _Request(reading, options.present(series.timezone), lecture, options.chosen, changed, _text(template))
    )


def _text(template: Path | None) -> str | None:
    try:
        return template.read_text(encoding="utf-8") if template else None
    except (OSError, UnicodeDecodeError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or type(error).__name__
        raise ConfigurationError("export.template.unreadable", file=str(template), reason=reason) from None


def _page(request: _Request) -> bytes:
    from bot.exports.page import page_block, page_part

    if request.template is not None:
        return _by_template(request, request.template).encode()
    if request.lecture:
        return page_block(request.series, request.lecture, request.now, request.language).encode()
    return page_part(request.series, request.now, request.language).encode()


def _by_template(request: _Request, template: str) -> str:
    """Those to come, then those that are over; one after the other, as the template begins and ends."""
    from bot.exports.page import divided
    from bot.exports.template import PLACEHOLDERS, NoTemplateError, filled

    series, ahead_and_over = request.series, divided(request.series, request.now)
    lectures = [request.lecture] if request.lecture else [each for some in ahead_and_over for each in some]
    language = request.language or series.language
    try:
        return "".join(filled(template, series, each, request.now, language) for each in lectures)
    except NoTemplateError as fault:
        known = " ".join(f"${name}" for name in PLACEHOLDERS)
        raise ConfigurationError(
            "export.template.wrong", line=str(fault.line), placeholder=fault.placeholder, known=known
        ) from None


def _table(request: _Request) -> bytes:
    """With a mark of its encoding, by which spreadsheets know it."""
    from bot.exports.table import table

    series = request.series
    lectures = [request.lecture] if request.lecture else series.lectures
    return table(series, lectures, request.now, request.language or series.language).encode("utf-8-sig")


def _calendar(request: _Request) -> bytes:
    """What has changed in the file is not told by lecture: all of them are as new as it is."""
    from bot.exports.calendars import sequence
    from bot.exports.ics import calendar
    from bot.schedule.revisions import Changes

    series = request.series
    lectures = [request.lecture] if request.lecture else list(series.lectures)
    if request.lecture and not request.lecture.day:
        raise NothingToExportError("export.no_date", series, request.lecture)
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
        raise NothingToExportError("export.nothing_ahead", series)
    own = request.language or series.language
    near = nearest(own, series.languages)
    others = [] if request.language else [each for each in series.languages if each != near]
    return mail(series, lecture, request.now, [own, *others]).encode()


FORMS: Final[dict[str, Callable[[_Request], bytes]]] = {
    "md": _page,
    "csv": _table,
    "ics": _calendar,
    "json": _data,
    "mail": _mail,
}
