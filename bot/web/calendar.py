"""`/calendar.ics`: all lectures with a date, as a calendar that others follow."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from aiohttp import web

from bot.domain.language import LANGUAGES, Language
from bot.domain.series import Series
from bot.exports.calendars import Calendars

PATH: Final = "/calendar.ics"

_KEEP: Final = "public, max-age=300"
"""Calendars look every few hours, caches in between may go by what is five minutes old."""

_AGAIN: Final = "30"
"""Seconds after which to ask again while the database is not there yet."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The feed in one language, its tag, when it became so, and of what and for how long it is the feed."""

    content: bytes
    etag: str
    modified: datetime
    series: Series
    accepted: object
    since: datetime
    until: datetime

    def holds(self, series: Series, accepted: object, now: datetime) -> bool:
        """Whether it still is."""
        return self.series is series and self.accepted is accepted and self.since <= now < self.until


class CalendarFeed:
    """The feed of the schedule in service: made when it is asked for, and given again until something in it changes.

    Before it is known how often lectures have changed there is none: calendars would take changed ones for old ones.
    """

    def __init__(self, series: Callable[[], Series], now: Callable[[], datetime], calendars: Calendars) -> None:
        self._series: Final = series
        self._now: Final = now
        self._calendars: Final = calendars
        self._prepared: Final[dict[Language, _Prepared]] = {}
        self._preparing: Final = asyncio.Lock()

    async def page(self, request: web.Request) -> web.Response:
        """The answer to a request; `?lang=en` asks for another language than the series'."""
        if self._calendars.accepted is None:
            return web.Response(status=503, headers={"Retry-After": _AGAIN, "Cache-Control": "no-store"})
        asked, series = request.query.get("lang"), self._series()
        language = next((each for each in (*series.languages, *LANGUAGES) if each == asked), series.language)
        async with self._preparing:
            prepared = await self._present(language)
        headers = {
            "Cache-Control": _KEEP,
            "ETag": f'"{prepared.etag}"',
            "Last-Modified": format_datetime(prepared.modified, usegmt=True),
        }
        if _is_known(request, prepared):
            return web.Response(status=304, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="lectures.ics"'
        headers["Content-Language"] = language
        headers["Content-Type"] = "text/calendar; charset=utf-8"
        return web.Response(body=prepared.content, headers=headers)

    async def _present(self, language: Language) -> _Prepared:
        series, now, accepted = self._series(), self._now(), self._calendars.accepted
        last = self._prepared.get(language)
        if last and last.holds(series, accepted, now):
            return last
        dated = [each for each in series.lectures if each.day]
        content = await asyncio.to_thread(self._calendars, series, dated, language, series.local(now))
        etag = sha256(content).hexdigest()[:32]
        unchanged = last is not None and last.etag == etag
        modified = last.modified if last and unchanged else datetime.now(UTC).replace(microsecond=0)
        made = _Prepared(content, etag, modified, series, accepted, now, series.next_change(now))
        self._prepared[language] = made
        return made


def _is_known(request: web.Request, prepared: _Prepared) -> bool:
    """Whether who asks has it already: by its tag or, where none is named, by its time."""
    if "If-None-Match" in request.headers:
        return any(each.value in ("*", prepared.etag) for each in request.if_none_match or ())
    since = request.if_modified_since
    return since is not None and prepared.modified <= since
