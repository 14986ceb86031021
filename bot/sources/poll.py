"""The source as it was seen last: asked for every so often, and less often while it can't be had."""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import structlog

from bot.domain.backoff import doubled
from bot.domain.language import Language
from bot.i18n import phrases
from bot.schedule.schema.page import PageEntry
from bot.sources.fetch import Fetched, Fetcher, NotFetchedError

_EVERY: Final = timedelta(minutes=15)
_FIRST_PAUSE: Final = 60.0
_LONGEST_PAUSE: Final = 4 * 3600.0
"""Seconds before a source that could not be fetched is asked for again, at first and at most."""

_SOON: Final = 30.0
"""Seconds until a source is asked for again that lacks something: it may have been a bad copy."""

_PASSING: Final = 2
"""Failures in a row of which nobody is told: networks have bad minutes."""

_log: Final = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """A version of the source, seen last at `at`; `since` is when another one was seen last, if this process knows."""

    address: str
    fetched: Fetched
    digest: str
    at: datetime
    since: datetime | None


class SourcePoll:
    """Fetches the source that the settings name, and no other. `chance` is a number from 0 to 1."""

    def __init__(
        self,
        settings: Callable[[], PageEntry],
        now: Callable[[], datetime],
        fetcher: Fetcher | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings: Final = settings
        self._now: Final = now
        self._fetcher: Final = fetcher or Fetcher()
        self._chance: Final = chance
        self._seen: Seen | None = None
        self._due = 0.0
        self.looks = 0
        """How often the source was had."""
        self._failures = 0
        self._failure: NotFetchedError | None = None

    @property
    def address(self) -> str | None:
        """Where the source is."""
        return self._settings().source or self._settings().url

    @property
    def page(self) -> Seen | None:
        """The version that was seen last, if any was at this address."""
        return self._seen if self._seen and self._seen.address == self.address else None

    @property
    def due_in(self) -> float:
        """Seconds until the source is to be asked for again; infinitely many if it has no address."""
        if self.address is None:
            return math.inf
        elsewhere = self._seen is not None and self.page is None
        return 0.0 if elsewhere else max(0.0, self._due - time.monotonic())

    def failure(self, language: Language) -> str | None:
        """Why the source could not be had the last time, if it could not."""
        return phrases(language)(f"sync.{self._failure.name}", **self._failure.values) if self._failure else None

    def trouble(self, language: Language) -> str | None:
        """The same, unless it may pass; or that there is no address."""
        if self.address is None:
            return phrases(language)("sync.no_address")
        lasts = self._failure and (self._failure.lasting or self._failures > _PASSING)
        return self.failure(language) if lasts else None

    def hasten(self) -> None:
        """Has the source asked for again soon."""
        self._due = min(self._due, time.monotonic() + _SOON)

    async def fetch(self) -> None:
        """Asks for the source, if it has an address."""
        address, page = self.address, self.page
        if address is None:
            return
        try:
            fetched = await self._fetcher.fetch(address, page.fetched if page else None)
        except NotFetchedError as error:
            self._failures += 1
            self._failure = error
            self._due = time.monotonic() + self._pause(error)
            _log.warning("source.not_fetched", times=self._failures, reason=self.failure("en"))
            return
        self._failures, self._failure, self.looks = 0, None, self.looks + 1
        self._due = time.monotonic() + self._every
        self._seen = _seen(address, fetched or (page.fetched if page else Fetched("")), page, self._now())

    @property
    def _every(self) -> float:
        return (self._settings().every or _EVERY).total_seconds()

    def _pause(self, error: NotFetchedError) -> float:
        """Seconds until the next try: longer each time, and not the same for all who wait."""
        pause = doubled(min(self._every, _FIRST_PAUSE), self._failures, max(_LONGEST_PAUSE, self._every))
        return max(pause * (0.75 + self._chance() / 2), error.wait or 0.0)


def _seen(address: str, fetched: Fetched, before: Seen | None, now: datetime) -> Seen:
    digest = sha256(fetched.text.encode()).hexdigest()
    if before and before.digest == digest:
        return replace(before, fetched=fetched, at=now)
    _log.info("source.fetched", version=digest[:12])
    return Seen(address, fetched, digest, now, before.at if before else None)
