"""What the bot shows over HTTP to anybody who asks: its health, its numbers, the calendar; no names, no reasons.

Why something fails may name hosts, paths or what somebody wrote: that stays in the log, in the data folder and with the
organizers.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.app.services import AnnouncementService
from bot.domain.errors import LedgerUnavailableError
from bot.schedule.service import Schedule
from bot.web.calendar import PATH as CALENDAR
from bot.web.calendar import CalendarFeed
from bot.web.health import PlatformState
from bot.web.metrics import CONTENT_TYPE, Metric, Sample, build, exposition, single
from bot.web.server import Page

_COUNTING: Final = 60.0
"""Seconds between two looks at how many follow: whoever asks for the numbers causes no work."""

_FRESH: Final = {"Cache-Control": "no-store"}


@dataclass(slots=True)
class Site:
    """The pages, from what the parts of the app tell of themselves."""

    schedule: Schedule
    announcing: AnnouncementService
    feed: CalendarFeed
    states: Callable[[], Mapping[str, PlatformState]]
    clock_skew: Callable[[], float | None]
    followers: Counter[tuple[str, str]] | None = None

    def pages(self) -> dict[str, Page]:
        """All pages by their paths."""
        return {"/health": self._health, "/metrics": self._metrics, CALENDAR: self.feed.page}

    async def count(self) -> None:
        """Keeps counting those who follow, until it is cancelled; while the database is away, they are not known."""
        while True:
            services = self.announcing.services
            try:
                everyone = await services.followers.followers() if services else None
            except LedgerUnavailableError:
                everyone = None
            self.followers = None
            if everyone is not None:
                self.followers = Counter((each.address.platform, each.address.kind.value) for each in everyone)
            await asyncio.sleep(_COUNTING)

    async def _health(self, _: web.BaseRequest) -> web.Response:
        """200 while members are answered everywhere and posts go out, else 503."""
        connected = {name: state.connected for name, state in self.states().items()}
        posts = self.announcing.well
        well = posts and all(connected.values())
        platforms = {name: {"connected": each} for name, each in connected.items()}
        body = {"well": well, "platforms": platforms, "posts": posts}
        return web.json_response(body, status=200 if well else 503, headers=_FRESH)

    async def _metrics(self, _: web.BaseRequest) -> web.Response:
        text = exposition(self._numbers())
        return web.Response(body=text.encode(), headers={**_FRESH, "Content-Type": CONTENT_TYPE})

    def _numbers(self) -> Iterator[Metric]:
        announcing, journal = self.announcing, self.announcing.journal
        yield Metric("build_info", "The version that runs.", [Sample(1, {"version": build()})])
        platforms = [Sample(state.connected, {"platform": name}) for name, state in self.states().items()]
        yield Metric("platform_connected", "Whether members can ask there.", platforms)
        yield single("announcer_well", "Whether posts can go out.", announcing.well)
        since = announcing.seconds_since_tick
        yield single("tick_age_seconds", "Time since all that was due was last looked after.", since)
        yield single("clock_skew_seconds", "By how much Discord's clock is ahead of this machine's.", self.clock_skew())
        yield single("lectures", "Lectures in the schedule in service.", len(self.schedule.series.lectures))
        yield single("schedule_problems", "Mistakes in the schedule's file as it is now.", len(self.schedule.problems))
        followers = sorted((self.followers or {}).items())
        yield Metric(
            "followers",
            "Channels and people that posts go to.",
            [Sample(count, {"platform": platform, "kind": kind}) for (platform, kind), count in followers],
        )
        doings = [
            Sample(count, {"platform": sort.platform, "kind": sort.kind, "outcome": sort.outcome})
            for sort, count in journal.counts.items()
        ]
        yield Metric("posts_total", "Posts by what became of them, since the start.", doings, "counter")
        yield Metric("defects_total", "Defects of the bot, since the start.", [Sample(journal.defects, {})], "counter")
