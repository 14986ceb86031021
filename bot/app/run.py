"""The composition root of the serving bot: schedule, desk and platforms are put together and run side by side."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import structlog
from pydantic import SecretStr

from bot.announcements.delivery import USUAL, DeliveryTimeouts
from bot.announcements.events.calendar import EventCalendar
from bot.announcements.poster import Poster
from bot.app.services import AnnouncementService
from bot.app.site import Site
from bot.app.supervisor import PlatformSupervisor
from bot.commands.access import Access
from bot.commands.router import CommandRouter
from bot.domain.series import Series
from bot.domain.subscriptions import AddressKind
from bot.exports.calendars import Calendars
from bot.i18n import phrases
from bot.logs import set_up_logs
from bot.platforms import Platform
from bot.schedule.reader import written
from bot.schedule.revisions import History
from bot.schedule.service import Schedule
from bot.settings import ConfigurationError, Options, Settings
from bot.storage import CannotOpenError
from bot.web.calendar import PATH, CalendarFeed
from bot.web.health import INTERVAL, PlatformState, heartbeat, remove_heartbeat, write_heartbeat
from bot.web.server import Address, http_server

if TYPE_CHECKING:
    from aiohttp import web

T = TypeVar("T")

_TOKENS: Final = ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
_LOOK: Final = 0.5
"""Seconds between two looks at the platforms' connections."""

_PAUSE: Final = 30.0
"""Seconds before something that should never have ended is begun again."""

_log: Final = structlog.get_logger(__name__)


class UnreachableError(Exception):
    """A platform can't be asked at the moment; the text says why, in a few words."""


def discord_sync(token: str, api_url: str | None) -> list[str]:
    """Registers the commands with Discord and returns their names. Raises CredentialsRefused or UnreachableError."""
    import discord

    from bot.platforms.discord import sync

    try:
        return _run_loop(sync(token, api_url))
    except (OSError, TimeoutError, discord.DiscordException) as error:
        raise UnreachableError(f"{type(error).__name__}: {error}".splitlines()[0]) from None


def run(options: Options, settings: Settings, http: Address | None, timeouts: DeliveryTimeouts = USUAL) -> int:
    """Serves every platform that has a token until the process is told to end; returns the exit code."""
    set_up_logs(settings.log_format, settings.secrets)
    return _run_loop(_served(options, settings, http, timeouts))


async def _served(options: Options, settings: Settings, http: Address | None, timeouts: DeliveryTimeouts) -> int:
    schedule = Schedule(options.file)
    clock = options.clock(schedule.series.timezone)
    calendars = Calendars()
    feed = f"{http.public}{PATH}" if http and http.public else None
    router = CommandRouter(lambda: schedule.series, clock.now, calendars, lambda: announcing.services, feed)
    served = _served_platforms(router, settings)
    announcing = AnnouncementService(
        schedule,
        clock,
        settings.database(options.data),
        served.posters,
        Access(frozenset(settings.admins)),
        settings.channels,
        settings.admin_channel,
        timeouts,
        lambda: tuple((name, state.connected, state.detail) for name, state in serving.states.items()),
        served.clock_skew,
        served.calendars,
    )
    say = phrases(options.language)

    def accepted(series: Series, history: History) -> None:
        calendars.accept(series, history)
        router.forget()

    announcing.on_accepted = accepted

    def report(platform: str, reason: str) -> None:
        setting = next((name for name in _TOKENS if name in reason), platform)
        sentence = say(f"cli.refused.{platform}", setting=setting)
        _log.error(sentence, platform=platform)

    def sign() -> None:
        problems = tuple(written(problem, options.language) for problem in schedule.problems)
        lectures = len(schedule.series.lectures)
        write_heartbeat(heartbeat(datetime.now(UTC), lectures, serving.states, problems), options.data)

    serving = PlatformSupervisor(served.platforms, report)
    site = Site(
        schedule,
        announcing,
        CalendarFeed(lambda: schedule.series, clock.now, calendars),
        lambda: serving.states,
        served.clock_skew,
    )
    _on_signals(serving.stop)
    try:
        await asyncio.to_thread(sign)
    except OSError as error:
        raise ConfigurationError("cli.data.not_writable", folder=str(options.data), reason=_reason(error)) from None
    async with AsyncExitStack() as stack:
        stack.push_async_callback(asyncio.to_thread, remove_heartbeat, options.data)
        if http:
            server = http_server(http, site.pages(), served.routes)
            try:
                await stack.enter_async_context(server)
            except OSError as error:
                raise ConfigurationError("cli.http.taken", address=str(http), reason=_reason(error)) from None
        announcer = asyncio.create_task(announcing.run())
        stack.push_async_callback(_cancelled, announcer)
        try:
            await announcing.opened(announcer)
        except CannotOpenError as fault:
            raise ConfigurationError(fault.phrase, **fault.values) from None
        for task in (_beating(lambda: serving.states, sign, announcing.wake), _watched(schedule), site.count()):
            stack.push_async_callback(_cancelled, asyncio.create_task(task))
        await serving.run()
    return 2 if serving.any_refused else 0


@dataclass(frozen=True, slots=True)
class _Served:
    """What is served: the platforms, what posts on each, what their HTTP modes need, what tells by how many seconds
    this machine's clock is off, and where lectures are scheduled events."""

    platforms: list[Platform]
    posters: dict[str, Poster]
    routes: list["web.RouteDef"]
    skews: list[Callable[[], float | None]]
    calendars: list[EventCalendar]

    def clock_skew(self) -> float | None:
        """What the first platform says that knows."""
        return next((skew for each in self.skews if (skew := each()) is not None), None)


def _served_platforms(router: CommandRouter, settings: Settings) -> _Served:
    """Every platform that has a token; one without is not even loaded."""
    served = _Served([], {}, [], [], [])
    if settings.discord_token:
        from bot.platforms.discord import DiscordPlatform

        channel = settings.admin_channel
        home = channel.id if channel and channel.platform == "discord" else None
        discord = DiscordPlatform(router, settings.discord_token.get_secret_value(), settings.discord_api_url, home)
        served.platforms.append(discord)
        served.posters[discord.name] = discord.poster
        served.skews.append(lambda: discord.clock_skew)
        served.calendars.append(discord.poster.events)
    if settings.slack_bot_token:
        from bot.platforms.slack import SlackPlatform

        slack = SlackPlatform(
            router,
            settings.slack_bot_token.get_secret_value(),
            _clear(settings.slack_app_token),
            _clear(settings.slack_signing_secret),
            settings.slack_api_url,
            settings.slack_command_prefix or "",
            [each.id for each in settings.admins if each.platform == "slack" and each.kind is AddressKind.ROLE],
        )
        served.platforms.append(slack)
        served.posters[slack.name] = slack.poster
        served.routes.extend(slack.routes())
    return served


def _clear(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


async def _watched(schedule: Schedule) -> None:
    """Follows the schedule's file; even a defect in that doesn't end it."""
    while True:
        try:
            await schedule.watch()
        except Exception:
            _log.exception("schedule.watch_failed")
        await asyncio.sleep(_PAUSE)


async def _beating(
    states: Callable[[], Mapping[str, PlatformState]], sign: Callable[[], None], wake: Callable[[], None]
) -> None:
    """Gives a sign of life every few seconds and whenever a connection comes or goes; a full disk doesn't end it.

    A platform that can be reached again has posts waiting for it.
    """
    seen: dict[str, bool] = {}
    last, written = time.monotonic(), True
    while True:
        now = {name: state.connected for name, state in states().items()}
        for name, connected in now.items():
            if connected != seen.get(name, False):
                _log.info("platform.connected" if connected else "platform.disconnected", platform=name)
                wake()
        if now != seen or time.monotonic() - last >= INTERVAL:
            last, before = time.monotonic(), written
            written = await _written(sign, tell=before)
        seen = now
        await asyncio.sleep(_LOOK)


async def _written(sign: Callable[[], None], *, tell: bool) -> bool:
    try:
        await asyncio.to_thread(sign)
    except OSError as error:
        if tell:
            _log.warning("health.not_written", reason=_reason(error))
        return False
    return True


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _on_signals(stop: Callable[[], None]) -> None:
    """Has SIGTERM and SIGINT end the bot in an orderly way."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _run_loop(main: Coroutine[Any, Any, T]) -> T:
    """Runs an event loop until `main` is done; uvloop's, where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(main)
    return uvloop.run(main)
