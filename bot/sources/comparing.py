"""A source's text beside the schedule, read and compared."""

from contextlib import suppress
from datetime import datetime

from bot.domain.series import Series
from bot.sources.columns import NO_MAPPING, ColumnMapping
from bot.sources.diff import Differences, differences
from bot.sources.entries import Context
from bot.sources.model import SourceReading, SourceRefusedError
from bot.sources.reader import source_reading
from bot.sources.review import Comparison


def compared(
    text: str, before: str | None, series: Series, now: datetime, mapping: ColumnMapping = NO_MAPPING
) -> Comparison:
    """The source's text, and that of its version before, beside the schedule. Raises SourceRefusedError."""
    today = series.today(now)
    context = Context(
        series.timezone, today, series.links.page, mapping, series.lectures, series.meeting_links_public, series.called
    )
    earlier: SourceReading | None = None
    former = Differences()
    with suppress(SourceRefusedError):
        if before is not None:
            earlier = source_reading(before, context)
            former = differences(earlier, series, now=now)
    reading = source_reading(text, context)
    return Comparison(today, reading, differences(reading, series, now=now, before=earlier), earlier, former)
