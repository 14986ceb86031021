"""`lecturebot run`: the services, their jobs and the platforms that have a token, until the process is told to end."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final, TypeVar

import structlog

from bot.announcements.journal import LoggingJournal
from bot.announcements.timeouts import USUAL, DeliveryTimeouts
from bot.app.connections import Connections, connections
from bot.app.heartbeats import Heartbeats, reason_of
from bot.app.jobs import Job, JobRunner, ScheduleFollowing, recurring
from bot.app.services import Community, build_services
from bot.app.site import COUNTING, Site
from bot.app.supervisor import PlatformSupervisor
from bot.commands.access import Access
from bot.commands.kept_homes import KeptHomes
from bot.commands.router import CommandRouter
from bot.domain.errors import LedgerUnavailableError
from bot.domain.series import Series
from bot.exports.calendars import Calendars
from bot.i18n import phrases
from bot.logs import set_up_logs
from bot.options import ConfigurationError, Options
from bot.schedule.service import Schedule
from bot.settings import Settings
from bot.storage import CannotOpenError, Store, store
from bot.web.calendar import PATH, CalendarFeed
from bot.web.health import INTERVAL
from bot.web.server import Address, http_server

T = TypeVar("T")

_TOKENS: Final = ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
_LOOK: Final = 0.5
"""Seconds between two looks at the platforms' connections."""

_OPENING: Final = 10.0
"""Seconds that the start waits for the database."""

_log: Final = structlog.get_logger(__name__)


class UnreachableError(Exception):
    """A platform can't be asked at the moment; the text says why, in a few words."""


def discord_sync(settings: Settings, series: Series | None) -> list[str]:
    """Registers the commands of that series with Discord, and returns their names. Raises CredentialsRefused or
    UnreachableError."""
    from bot.platforms.discord import sync

    named = bool(settings.admins)
    return _asked_of_discord(sync(_token(settings), settings.discord_api_url, series=series, named_organizers=named))


def discord_invite(settings: Settings) -> str:
    """The address at which the bot is added to a server. Raises CredentialsRefused or UnreachableError."""
    from bot.platforms.discord import invite

    return _asked_of_discord(invite(_token(settings), settings.discord_api_url))


def _token(settings: Settings) -> str:
    return settings.discord_token.get_secret_value() if settings.discord_token else ""


def _asked_of_discord(asking: Coroutine[Any, Any, T]) -> T:
    import discord

    try:
        return _run_loop(asking)
    except (OSError, TimeoutError, discord.DiscordException) as error:
        raise UnreachableError(f"{type(error).__name__}: {error}".splitlines()[0]) from None


def run(options: Options, settings: Settings, http: Address | None, timeouts: DeliveryTimeouts = USUAL) -> int:
    """Serves every platform that has a token until the process is told to end; returns the exit code."""
    set_up_logs(settings.log_format, settings.secrets)
    return _run_loop(_served(options, settings, http, timeouts))


async def _served(options: Options, settings: Settings, http: Address | None, timeouts: DeliveryTimeouts) -> int:
    schedule = Schedule(options.file)
    clock = options.clock(schedule.series.timezone)
    connected = connections(settings)
    kept = store(settings.database(options.data), schedule.series.timezone, lease=timeouts.lease)
    access = Access(frozenset(settings.admins), KeptHomes(settings.homes, kept.homes))
    community = Community(access, frozenset(settings.channels), settings.admin_channel)
    journal = LoggingJournal()
    services = await build_services(schedule, clock, kept, connected.platforms, community, journal, timeouts)
    calendars = Calendars()
    feed = f"{http.public}{PATH}" if http and http.public else None
    router = CommandRouter(lambda: schedule.series, clock.now, calendars, lambda: services.commands, feed)
    supervisor = PlatformSupervisor([*connected.platforms.connections.values()], router, _refusal_logger(options))
    heartbeat = Heartbeats(options, services, supervisor)
    site = Site(services, supervisor, CalendarFeed(lambda: schedule.series, clock.now, calendars), journal)
    following = ScheduleFollowing(services, calendars, router.forget)
    jobs = [
        *recurring(services, following),
        Job("heartbeat", heartbeat.beat, INTERVAL),
        Job("look at the connections", heartbeat.look, _LOOK),
        Job("count followers", site.count, COUNTING),
    ]
    _on_signals(supervisor.stop)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(heartbeat.given())
        if http:
            await stack.enter_async_context(_http_server(http, site, connected))
        stack.push_async_callback(kept.close)
        await _open(kept, following)
        await stack.enter_async_context(supervisor.serving())
        stack.push_async_callback(services.announcements.close)
        await stack.enter_async_context(JobRunner(services).running(jobs))
        await supervisor.stopped()
    return 2 if supervisor.any_refused else 0


@asynccontextmanager
async def _http_server(http: Address, site: Site, connected: Connections) -> AsyncIterator[None]:
    """The HTTP server for the length of the block. Raises ConfigurationError if the address can't be had."""
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(http_server(http, site.pages(), connected.routes))
        except OSError as error:
            raise ConfigurationError("cli.http.taken", address=str(http), reason=reason_of(error)) from None
        yield


async def _open(kept: Store, following: ScheduleFollowing) -> None:
    """Opens the database and accepts the schedule, but doesn't wait for long: posts can come later, answers can't.

    Raises ConfigurationError for a database that can't be used.
    """
    opening = asyncio.create_task(following.accept())
    await asyncio.wait({opening}, timeout=_OPENING)
    if not opening.done():
        opening.cancel()
        await asyncio.wait({opening})
        return
    try:
        opening.result()
    except CannotOpenError as fault:
        raise ConfigurationError(fault.phrase, **fault.values) from None
    except LedgerUnavailableError as error:
        _log.error("database.unavailable", reason=str(error))


def _refusal_logger(options: Options) -> Callable[[str, str], None]:
    """What tells in the log that a platform doesn't take its token, and which setting that is."""
    say = phrases(options.language)

    def report(platform: str, reason: str) -> None:
        setting = next((name for name in _TOKENS if name in reason), platform)
        sentence = say(f"cli.refused.{platform}", setting=setting)
        _log.error(say("cli.see_doctor", told=sentence), platform=platform)

    return report


def _on_signals(stop: Callable[[], None]) -> None:
    """Has SIGTERM and SIGINT end the bot in an orderly way."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)


def _run_loop(main: Coroutine[Any, Any, T]) -> T:
    """Runs an event loop until `main` is done; uvloop's, where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(main)
    return uvloop.run(main)
