"""`lecturebot import`: what a source says otherwise than the schedule, shown or taken over."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.announcements.acceptance import accepted
from bot.announcements.snapshot import PlanningState
from bot.domain.errors import LedgerUnavailableError
from bot.domain.language import Language
from bot.domain.series import Series
from bot.i18n import Phrases, phrases
from bot.options import ConfigurationError, Options
from bot.schedule.editing import CannotEditError
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import Reading, content_of, read, written
from bot.schedule.writer import NotWritableError, StaleFileError, write
from bot.sources.apply import taken_over
from bot.sources.columns import NO_MAPPING
from bot.sources.diff import Differences, differences
from bot.sources.encoding import decoded
from bot.sources.entries import Context
from bot.sources.fetch import Fetcher, Limits, NotFetchedError
from bot.sources.model import SourceReading, SourceRefusedError
from bot.sources.reader import source_reading
from bot.sources.wording import columns_written, difference_written, refusal_written, warning_written
from bot.storage import CannotOpenError, Store, open_store

_ATTEMPTS: Final = 5
"""How often the comparison is made anew when the file changes just before it is written."""

_MOST_PROBLEMS: Final = 5
"""Sentences that say why the result would be no valid file."""


class NotImportedError(Exception):
    """Nothing was taken over; `sentences` say why, in the language of whoever asked."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__()
        self.sentences: Final = tuple(sentences)


def imported(options: Options, source: str, database: str | Path, *, takes_over: bool, quietly: bool) -> list[str]:
    """The differences and warnings of that file or web address, a line each, and what came of it.

    What is taken over `quietly` is no news: the bot's memory, where there is one, knows it as told before the file has
    it, so that a bot that is running finds nothing to tell. Raises NotImportedError, InvalidScheduleError for the
    schedule and ConfigurationError.
    """
    if quietly and not takes_over:
        raise ConfigurationError("sync.import.only_quietly")
    return asyncio.run(_imported(_Import(options, source, database, quietly=quietly), takes_over=takes_over))


async def _imported(job: "_Import", *, takes_over: bool) -> list[str]:
    say, file = phrases(job.options.language), job.options.file
    text = await _text(job.source, job.options.language)
    for _ in range(_ATTEMPTS):
        content = content_of(file)
        reading = read(content, str(file))
        stated, found = job.compared(text, reading)
        lines = _lines(stated, found, phrases(job.options.language, reading.series.called))
        count = len(found.differences)
        if not count:
            return [*lines, say("sync.same")]
        if not takes_over:
            return [*lines, say("sync.import.differs", count=count)]
        if stated.collisions:
            raise NotImportedError(
                [
                    *(
                        warning_written(each, phrases(job.options.language, reading.series.called))
                        for each in stated.collisions
                    ),
                    say("sync.import.collides"),
                ]
            )
        try:
            await job.take_over(content, reading, found)
        except StaleFileError:
            continue
        return [*lines, say("sync.import.quietly" if job.quietly else "sync.import.done", count=count, file=str(file))]
    raise NotImportedError([say("writing.stale")])


@dataclass(frozen=True, slots=True)
class _Import:
    """What an import works on."""

    options: Options
    source: str
    database: str | Path
    quietly: bool

    def compared(self, text: str, reading: Reading) -> tuple[SourceReading, Differences]:
        """What the page states and where that differs. Raises NotImportedError."""
        series = reading.series
        try:
            now = self.options.present(series.timezone)
            mapping = reading.settings.page.mapping if reading.settings.page else None
            base = series.links.page or (self.source if is_address(self.source) else None)
            context = Context(
                series.timezone,
                series.today(now),
                base,
                mapping or NO_MAPPING,
                series.lectures,
                series.meeting_links_public,
                series.called,
            )
            stated = source_reading(text, context)
            return stated, differences(stated, series, now=now)
        except SourceRefusedError as refusal:
            raise NotImportedError([refusal_written(refusal, phrases(self.options.language, series.called))]) from None

    async def take_over(self, content: bytes, reading: Reading, found: Differences) -> None:
        """Writes the file with all that differs. Raises NotImportedError or StaleFileError."""
        file, language = self.options.file, self.options.language
        try:
            text = taken_over(content.decode(), [each.edit for each in found.differences])
            made = read(text.encode(), str(file))
        except CannotEditError as refusal:
            raise NotImportedError([phrases(language)(refusal.name, **refusal.values)]) from None
        except InvalidScheduleError as invalid:
            raise NotImportedError(written(each, language) for each in invalid.problems[:_MOST_PROBLEMS]) from None
        try:
            if self.quietly and not (isinstance(self.database, Path) and not self.database.exists()):
                await self._write_quietly(text.encode(), reading, made)
            else:
                write(file, text.encode(), reading.digest)
        except NotWritableError as refusal:
            raise NotImportedError([phrases(language)(refusal.name, **refusal.values)]) from None

    async def _write_quietly(self, content: bytes, present: Reading, made: Reading) -> None:
        """Has the memory know the new version as told, and then writes it; what waits to be told goes on waiting.

        A bot that is running may read the file at any moment from then on.
        """
        from bot.schedule.reader import with_holidays

        before, after = with_holidays(present), with_holidays(made)
        now = self.options.present(before.timezone)
        try:
            async with open_store(self.database, before.timezone) as store:
                await _remember(store, before, now, quietly=False)
                await _remember(store, after, now, quietly=True)
                try:
                    write(self.options.file, content, present.digest)
                except BaseException:
                    await _remember(store, before, now, quietly=True)
                    raise
        except LedgerUnavailableError as error:
            reason = phrases(self.options.language)("cli.database.unavailable", reason=str(error))
            raise NotImportedError([reason]) from None
        except CannotOpenError as fault:
            raise ConfigurationError(fault.phrase, **fault.values) from None


async def _remember(store: Store, series: Series, now: datetime, *, quietly: bool) -> None:
    """Has the memory take the schedule as accepted. A bot that never ran will count as known whatever it finds."""
    await PlanningState(store.announced, store.pauses, store.collections, series).step(
        lambda known: None if known is None else accepted(known, series, now, quietly=quietly)
    )


def is_address(source: str) -> bool:
    """Whether a source is a web address, and no file."""
    return source.partition("://")[0].lower() in ("http", "https", "webcal")


async def _text(source: str, language: Language) -> str:
    """The text of a file or of what is at a web address. Raises NotImportedError."""
    if not is_address(source):
        return _file_text(source, language)
    try:
        fetched = await Fetcher().fetch(source)
    except NotFetchedError as error:
        raise NotImportedError([phrases(language)(f"sync.{error.name}", **error.values)]) from None
    return fetched.text if fetched else ""


def _file_text(file: str, language: Language) -> str:
    say = phrases(language)
    try:
        content = Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise NotImportedError([say("sync.import.unreadable", file=file, reason=reason)]) from None
    if len(content) > Limits().size:
        raise NotImportedError([say("sync.fetch.large", most=Limits().size)])
    text = decoded(content)
    if text is None:
        raise NotImportedError([say("sync.fetch.encoding")])
    return text


def _lines(stated: SourceReading, found: Differences, say: Phrases) -> list[str]:
    """First what the columns were taken for and what differs, then what to look at in the order of the source."""
    warnings = sorted((*stated.warnings, *found.warnings), key=lambda each: each.line)
    return [
        *columns_written(stated.columns, say),
        *(difference_written(each, say) for each in found.differences),
        *(warning_written(each, say) for each in warnings),
    ]
