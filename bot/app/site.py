"""What the bot shows over HTTP to anybody who asks: its health, its numbers, the calendar; no names, no reasons.

Why something fails may name hosts, paths or what somebody wrote: that stays in the log, in the data folder and with the
organizers.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from prometheus_client import Metric
from prometheus_client.metrics_core import CounterMetricFamily as Counted
from prometheus_client.metrics_core import GaugeMetricFamily as Gauge

from bot.announcements.journal import LoggingJournal
from bot.app.services import Services
from bot.app.supervisor import PlatformSupervisor
from bot.domain.errors import LedgerUnavailableError
from bot.web.calendar import PATH as CALENDAR
from bot.web.calendar import CalendarFeed
from bot.web.metrics import Metrics, build, labelled
from bot.web.server import Page

COUNTING: Final = 60.0
"""Seconds between two looks at how many follow: whoever asks for the numbers causes no work."""

_FRESH: Final = {"Cache-Control": "no-store"}


@dataclass(slots=True)
class Site:
    """The pages, from what the parts of the app tell of themselves."""

    services: Services
    supervisor: PlatformSupervisor
    feed: CalendarFeed
    journal: LoggingJournal
    followers: Counter[tuple[str, str]] | None = None

    def pages(self) -> dict[str, Page]:
        """All pages by their paths."""
        return {"/health": self._health, "/metrics": Metrics(self._numbers).page, CALENDAR: self.feed.page}

    async def count(self) -> None:
        """Counts those who follow; while the database is away, they are not known."""
        self.followers = None
        with suppress(LedgerUnavailableError):
            everyone = await self.services.store.followers.followers()
            self.followers = Counter((each.address.platform, each.address.kind.value) for each in everyone)

    async def _health(self, _: web.Request) -> web.Response:
        """200 while members are answered everywhere and posts go out, else 503."""
        connected = {name: state.connected for name, state in self.supervisor.states.items()}
        posts = not self.services.announcements.trouble
        well = posts and all(connected.values())
        platforms = {name: {"connected": each} for name, each in connected.items()}
        body = {"well": well, "platforms": platforms, "posts": posts}
        return web.json_response(body, status=200 if well else 503, headers=_FRESH)

    def _numbers(self) -> Iterator[Metric]:
        services, journal = self.services, self.journal
        info = Gauge("lecturebot_build_info", "The version that runs.", labels=["version"])
        yield labelled(info, [((build(),), 1)])
        connected = Gauge("lecturebot_platform_connected", "Whether members can ask there.", labels=["platform"])
        yield labelled(connected, (((name,), state.connected) for name, state in self.supervisor.states.items()))
        yield Gauge("lecturebot_announcer_well", "Whether posts can go out.", not services.announcements.trouble)
        since = services.announcements.seconds_since_run
        yield Gauge("lecturebot_tick_age_seconds", "Time since all that was due was last looked after.", since)
        ahead = "By how much a platform's clock is ahead of this machine's."
        yield Gauge("lecturebot_clock_skew_seconds", ahead, services.platforms.clock_skew())
        lectures = len(services.schedule.series.lectures)
        yield Gauge("lecturebot_lectures", "Lectures in the schedule in service.", lectures)
        problems = len(services.schedule.problems)
        yield Gauge("lecturebot_schedule_problems", "Mistakes in the schedule's file as it is now.", problems)
        followers = Gauge("lecturebot_followers", "Channels and people that posts go to.", labels=["platform", "kind"])
        yield labelled(followers, sorted((self.followers or {}).items()))
        told = "Posts by what became of them, since the start."
        posts = Counted("lecturebot_posts", told, labels=["platform", "kind", "outcome"])
        counts = (((each.platform, each.kind, each.outcome), count) for each, count in journal.counts.items())
        yield labelled(posts, counts)
        yield Counted("lecturebot_defects", "Defects of the bot, since the start.", journal.defects)
