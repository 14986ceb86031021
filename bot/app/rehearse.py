"""A stretch of the series rehearsed: the real announcer on a simulated clock, telling all that it does."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.announcements.post import kinds, lectures_of
from bot.announcements.reasons import reason, was_closed
from bot.app.plan import PreviewedPost, named, show
from bot.app.simulation import AnnouncerAction, simulation
from bot.app.source_replay import SourceReplay, SourceVersion, source_versions
from bot.clock import SimulatedClock
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.subscriptions import IMAGINARY, Follower
from bot.i18n import phrases
from bot.logs import no_logs
from bot.options import ConfigurationError, Options
from bot.schedule.reader import read_file, with_holidays
from bot.schedule.service import Schedule


def rehearse(
    options: Options,
    since: str,
    until: str,
    followers: Sequence[Follower],
    pages: Path | None = None,
    form: str = "json",
    stream: TextIO = sys.stdout,
) -> None:
    """Prints what the announcer does from `since` until `until`, for the followers or for one imaginary channel: as
    `json`, an object a line, or as `text`, to be read.

    With `pages`, a folder of versions of the organizers' page, the lectures are those of the page as the clock passes
    its versions; what is not taken over goes to stderr. Raises InvalidSchedule for the file and ConfigurationError for
    an instant that is none or a folder that can't be read.
    """
    zone = read_file(options.file).series.timezone
    begin, end = options.instant(since, zone), options.instant(until, zone)
    followers = followers or (Follower(IMAGINARY, begin, language=options.language),)
    languages = {each.address: each.language for each in followers}
    with no_logs():  # what is printed says all that is to be said
        happened = asyncio.run(rehearsed(options, begin, end, followers, pages))
    told = [_told(series, each, options.language, languages.get(each.address)) for series, each in happened]
    if form == "text":
        show(told, options.language, stream)
        return
    for each in told:
        structure = {"at": each.at.isoformat(), "action": each.action, **each.structure}
        print(json.dumps(structure, ensure_ascii=False), file=stream)


async def rehearsed(
    options: Options, begin: datetime, end: datetime, followers: Sequence[Follower], pages: Path | None = None
) -> list[tuple[Series, AnnouncerAction]]:
    """What happens, each thing with the schedule as it was then. Raises as `rehearse` does."""
    clock = SimulatedClock(begin, speed=0.0)
    if pages is None:
        schedule = Schedule(options.file)
        async with simulation(schedule, clock, followers) as simulated:
            return [(simulated.series, each) for each in await simulated.advance(end)]
    told: list[tuple[Series, AnnouncerAction]] = []

    schedule = Schedule(options.file)

    def complain(sentence: str) -> None:
        print(f"{schedule.series.local(clock.now()).isoformat()} {sentence}", file=sys.stderr)

    page, versions = SourceReplay(options.file, options.language, complain), _versions(pages)
    for version in (each for each in versions if each.at <= begin):
        page.turn_to(version)
    schedule.take(page.reading)
    async with simulation(schedule, clock, followers) as simulated:
        for version in (each for each in versions if begin < each.at <= end):
            told += [(simulated.series, each) for each in await simulated.advance(version.at)]
            if page.turn_to(version):
                schedule.take(page.reading)
                await simulated.dispatcher.accept(with_holidays(page.reading))
        told += [(simulated.series, each) for each in await simulated.advance(end)]
    return told


def _versions(folder: Path) -> list[SourceVersion]:
    try:
        return source_versions(folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError("cli.rehearse.pages", folder=str(folder), reason=reason) from None


def _told(series: Series, action: AnnouncerAction, language: Language, told_in: Language | None) -> PreviewedPost:
    say, subject = phrases(language), action.subject
    closed = action.action == "edit" and was_closed(series, subject, action.at)
    if action.reason:
        why = say(f"skip.{action.reason}")
    elif action.action == "edit":
        why = say("why.closed" if closed else "why.corrected")
    else:
        why = reason(series, subject, language)
    return PreviewedPost(
        action.at,
        named(action.address, language),
        "closed" if closed else next((str(kind) for kind in kinds(subject)), "notice"),
        lectures_of(subject),
        action.message,
        told_in or series.language,
        why,
        action.action,
    )
