"""`lecturebot doctor`: gathers what is to be known of a bot, has every check look at it, and tells what was found.

It serves nobody and posts nothing, so it may be asked beside a bot that runs.
"""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from rich.text import Text as Line

from bot.app.checks import CHECKS, Examination, Remembered
from bot.app.database import exists, opened
from bot.app.plan import previewed
from bot.domain.language import Language
from bot.domain.message import When
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower
from bot.i18n import phrases, written
from bot.logs import without
from bot.options import ConfigurationError, Options
from bot.platforms.inspection import Expectations, Finding, Inspection, Level
from bot.platforms.terminal.screen import Screen
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read_file, with_holidays
from bot.settings import DATABASE_FILE, Settings, misshapen, misspelled_names, unchecked_settings
from bot.web.health import read_heartbeat

_POSTS: Final = 5
_MARKS: Final = {Level.WELL: "✓", Level.NOTE: "•", Level.MEND: "✗"}
_STYLES: Final = {Level.WELL: "green", Level.NOTE: "yellow", Level.MEND: "bold red"}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the words of the reader: where it belongs, how it is, and what to do about it."""

    area: str
    level: Level
    check: str
    text: str
    mend: str | None

    @property
    def structure(self) -> dict[str, str | None]:
        """The same for JSON."""
        return {"area": self.area, "level": self.level, "check": self.check, "text": self.text, "mend": self.mend}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found, and the next posts, each with its moment, its channel and its first line."""

    findings: tuple[Told, ...]
    posts: tuple[tuple[datetime, str, str], ...]

    @property
    def well(self) -> bool:
        """Whether nothing needs mending."""
        return all(each.level is not Level.MEND for each in self.findings)

    @property
    def structure(self) -> dict[str, object]:
        """The same for JSON."""
        posts = [{"at": at.isoformat(), "target": target, "text": text} for at, target, text in self.posts]
        return {"well": self.well, "findings": [each.structure for each in self.findings], "posts": posts}


def diagnosed(options: Options) -> Diagnosis:
    """What is found about the bot that these options and this environment describe."""
    examination = asyncio.run(_examined(options))
    secrets = examination.settings.secrets if examination.settings else ()
    findings = [
        _told(area, finding, options.language, secrets) for area, check in CHECKS for finding in check(examination)
    ]
    return Diagnosis(tuple(findings), tuple(_posts(examination)))


def show(diagnosis: Diagnosis, language: Language, as_json: bool, stream: TextIO = sys.stdout) -> None:
    """Prints it, for reading or as JSON."""
    if as_json:
        stream.write(f"{json.dumps(diagnosis.structure, ensure_ascii=False, indent=2)}\n")
    else:
        Screen(stream).show(_lines(diagnosis, language))


async def _examined(options: Options) -> Examination:
    settings, misconfigured = _settings()
    file, series, invalid = _schedule(options)
    remembered = await _remembered(settings, options) if settings else None
    examination = Examination(
        options,
        datetime.now(UTC),
        settings,
        misconfigured,
        misspelled_names(),
        file,
        series,
        invalid,
        remembered,
        await _left_behind(settings, options) if settings else 0,
        read_heartbeat(options.data),
    )
    if not settings or misconfigured:
        return examination
    return replace(examination, inspections=await _inspections(settings, examination))


def _settings() -> tuple[Settings | None, tuple[ConfigurationError, ...]]:
    """The settings, if they can be read, and all that is wrong with them."""
    try:
        settings = unchecked_settings()
    except ConfigurationError as error:
        return None, (error,)
    problems = [*misshapen(settings)]
    try:
        settings.check_slack(http=True)
    except ConfigurationError as error:
        problems.append(error)
    return settings, tuple(problems)


def _schedule(options: Options) -> tuple[Path | ConfigurationError, Series | None, InvalidScheduleError | None]:
    """The file that would be served, and what it says or what is wrong with it."""
    try:
        file = options.served
    except ConfigurationError as error:
        return error, None, None
    try:
        return file, with_holidays(read_file(file)), None
    except InvalidScheduleError as invalid:
        return file, None, invalid


async def _remembered(settings: Settings, options: Options) -> Remembered | ConfigurationError | None:
    """What the database knows; why it can't be asked; None if there is none yet."""
    address = settings.database(options.data)
    if not exists(address):
        return None
    try:
        async with opened(address) as store:
            followers = await store.followers.followers()
            pause = await store.pauses.pause(datetime.now(UTC))
            return Remembered(tuple(followers), pause, tuple(await store.homes.homes()))
    except ConfigurationError as error:
        return error


async def _left_behind(settings: Settings, options: Options) -> int:
    """How many follow by the file in the data folder, where another database is set."""
    if not settings.database_url or not exists(options.data / DATABASE_FILE):
        return 0
    try:
        async with opened(options.data / DATABASE_FILE) as store:
            return len(await store.followers.followers())
    except ConfigurationError:
        return 0


async def _inspections(settings: Settings, examination: Examination) -> dict[str, Inspection]:
    """What each platform that has a token says of itself."""
    inspections = {}
    if settings.discord_token:
        from bot.platforms.discord.inspection import inspect

        token = settings.discord_token.get_secret_value()
        inspections["discord"] = await inspect(token, settings.discord_api_url, _expected(examination, "discord"))
    if settings.slack_bot_token:
        from bot.platforms.slack.inspection import inspect as inspect_slack

        app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
        inspections["slack"] = await inspect_slack(
            settings.slack_bot_token.get_secret_value(),
            app_token,
            settings.slack_api_url,
            _expected(examination, "slack"),
        )
    return inspections


def _expected(examination: Examination, platform: str) -> Expectations:
    """What the bot is to do on that platform."""
    settings, series = examination.settings, examination.series
    followers = {each.address: each for each in examination.channels}
    if settings and settings.admin_channel:
        followers.setdefault(settings.admin_channel, Follower(settings.admin_channel, examination.now))

    def there(address: Address) -> bool:
        return address.platform == platform

    known = examination.remembered.homes if isinstance(examination.remembered, Remembered) else ()
    homes = [*(settings.homes if settings else ()), *known]
    return Expectations(
        tuple(each for address, each in sorted(followers.items()) if there(address)),
        tuple(each for each in (settings.admins if settings else ()) if there(each)),
        next(filter(there, homes), None),
        series,
    )


def _told(area: str, finding: Finding, language: Language, secrets: Sequence[str]) -> Told:
    """The finding in words, without any of the secrets: reasons are told as libraries word them."""
    say = phrases(language)
    values = {**finding.values, "named": say("join.comma").join(map(say, finding.named))}
    mend = say(finding.mend, **values) if finding.mend else None
    return Told(area, finding.level, finding.phrase, without(secrets, say(finding.phrase, **values)), mend)


def _posts(examination: Examination) -> Iterator[tuple[datetime, str, str]]:
    if not examination.series:
        return
    for each in previewed(examination.options, None, None, examination.channels)[:_POSTS]:
        yield each.at, each.target, each.message.headline if each.message else ""


def _lines(diagnosis: Diagnosis, language: Language) -> Iterator[Line]:
    say = phrases(language)
    wrong = sum(each.level is Level.MEND for each in diagnosis.findings)
    yield Line(say("doctor.to_mend", count=wrong) if wrong else say("doctor.well"), style="bold")
    area = None
    for each in diagnosis.findings:
        if each.area != area:
            area = each.area
            yield Line()
            yield Line(say(f"doctor.area.{area}"), style="bold")
        yield Line.assemble("  ", (_MARKS[each.level], _STYLES[each.level]), f" {each.text}")
        if each.mend:
            yield Line(f"    {each.mend}")
    yield from _post_lines(diagnosis.posts, language)


def _post_lines(posts: Sequence[tuple[datetime, str, str]], language: Language) -> Iterator[Line]:
    yield Line()
    yield Line(phrases(language)("doctor.area.posts"), style="bold")
    if not posts:
        yield Line(f"  {phrases(language)('plan.nothing')}")
    for at, target, text in posts:
        yield Line(f"  {written(When(at), language)}  {target}")
        yield Line(f"    {text}")
