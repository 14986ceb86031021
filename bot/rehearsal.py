"""A stretch of the series rehearsed: the real announcer on a simulated clock, telling all that it does."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

from bot.announcements.matter import kinds, lectures_of
from bot.announcements.reasons import reason, was_closed
from bot.catalog.holidays import with_holidays
from bot.catalog.reading import read_file
from bot.clock import SimulatedClock
from bot.domain.audience import Follower
from bot.domain.language import Language
from bot.domain.series import Series
from bot.options import Options
from bot.phrases import phrases
from bot.preview import PreviewedPost, named
from bot.simulation import Happening, simulation


def rehearse(
    options: Options, since: str, until: str, followers: Sequence[Follower], stream: TextIO = sys.stdout
) -> None:
    """Prints what the announcer does from `since` until `until`, one JSON object a line, for the followers or for one
    imaginary channel. Raises InvalidSchedule for the file and ConfigurationError for an instant that is none."""
    series = with_holidays(read_file(options.file))
    begin, end = options.instant(since, series.timezone), options.instant(until, series.timezone)
    for each in asyncio.run(_happened(series, begin, end, followers)):
        print(json.dumps(_structure(series, each, options.language), ensure_ascii=False), file=stream)


async def _happened(series: Series, begin: datetime, end: datetime, followers: Sequence[Follower]) -> list[Happening]:
    async with simulation(lambda: series, SimulatedClock(begin, speed=0.0), followers or None) as simulated:
        return await simulated.advance(end)


def _structure(series: Series, happening: Happening, language: Language) -> dict[str, object]:
    say, matter = phrases(language), happening.matter
    closed = happening.action == "edit" and was_closed(series, matter, happening.at)
    if happening.reason:
        why = say(f"skip.{happening.reason}")
    elif happening.action == "edit":
        why = say("why.closed" if closed else "why.corrected")
    else:
        why = reason(series, matter, language)
    told = PreviewedPost(
        happening.at,
        named(happening.address, language),
        "closed" if closed else next((str(kind) for kind in kinds(matter)), "notice"),
        lectures_of(matter),
        happening.message.headline if happening.message else "",
        why,
    )
    return {"at": told.at.isoformat(), "action": happening.action, **told.structure}
