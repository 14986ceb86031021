"""A claimed post's way to its platform: sent, and sent or looked up again until it is known whether it arrived.

Only what a crash leaves behind waits until its lease has run out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple

import structlog

from bot.announcements.ledger import Claim
from bot.announcements.post import PostSubject
from bot.announcements.poster import NotSent, Outcome, Posted, Poster, Refusal, Refused, Unknown, Unreadable
from bot.announcements.timeouts import DeliveryTimeouts
from bot.domain.language import Language
from bot.domain.message import Message, unadorned

_log: Final = structlog.get_logger(__name__)

_VERDICT: Final = 3
"""The attempt from which on a refused token counts: one such answer may be an accident of the platform's."""


class Composed(NamedTuple):
    """What is to be said, in which words, and what tells these from others."""

    subject: PostSubject
    message: Message
    digest: str


class Transmitted(NamedTuple):
    """What came of it in the end, and what stands in the channel, as far as that is known.

    `Unknown` means that it may have arrived, `NotSent` that it did certainly not.
    """

    outcome: Outcome
    standing: Composed | None = None


@dataclass(slots=True)
class Transmission:
    """One claim's transmission. `compose` gives what is right at the moment, or None if nothing is to be sent any more;
    the message can't be older than the aware instant `since`."""

    poster: Poster
    claim: Claim
    compose: Callable[[], Composed | None]
    language: Language
    ping: str | None
    since: datetime
    timeouts: DeliveryTimeouts
    elapsed: Callable[[], float]
    _sent_at: float = float("-inf")

    @property
    def settles_in(self) -> float:
        """Seconds until the platform can't apply what was sent last any more."""
        return max(0.0, self._sent_at + self.timeouts.guard - self.elapsed())

    async def run(self) -> Transmitted:
        """Tries until it is known what came of it, as long as enough of the lease is left.

        What the platform refuses for its form is sent once more as plain text.
        """
        first: Composed | None = None  # what may stand there already: with an idempotent poster, it stays that
        last: Outcome = NotSent("not enough of the lease left")
        form: Callable[[Message], Message] = as_it_is
        for attempt, pause in enumerate(_pauses(self.timeouts.pause), 1):
            composed = self.compose()
            if not composed or not self._has_time(0.0):
                break
            last = await self._posted(form(composed.message))
            match last:
                case Posted():
                    return Transmitted(last, composed if first in (None, composed) else None)
                case Refused(Refusal.CONTENT) if form is as_it_is:
                    form = unadorned
                    _log.error("post.form_refused", to=str(self.claim.address), reason=last.detail)
                    continue
                case Refused(Refusal.CREDENTIALS) if attempt < _VERDICT:
                    last = NotSent(last.detail)
                case Refused() if not first:
                    return Transmitted(last)
                case Unknown() if self.poster.idempotent:
                    first = first or composed
                case Unknown():
                    found = await self._looked_up()
                    if found is not None:
                        return Transmitted(found if isinstance(found, Posted) else last)
                    last = NotSent(last.detail)
                    continue
                case NotSent(wait=float()):
                    break
            if not self._has_time(pause):
                break
            await asyncio.sleep(pause)
        return Transmitted(Unknown(last.detail) if first and not isinstance(last, Posted) else last)

    def _has_time(self, seconds: float) -> bool:
        """Whether so many seconds from now on enough of the lease will be left for a call."""
        return self.claim.ends - self.elapsed() - seconds >= self.timeouts.guard

    async def _posted(self, message: Message) -> Outcome:
        self._sent_at = self.elapsed()
        claim, timeouts = self.claim, self.timeouts
        return await limited(
            self.poster.post(claim.address, message, self.language, claim.marker, self.ping), timeouts.call
        )

    async def _looked_up(self) -> Posted | Unreadable | None:
        """The message in the history; None if it did certainly not arrive."""
        looks = self.timeouts.looks
        for look, pause in enumerate(chain(looks, _pauses(self.timeouts.pause)), 1):
            if self.claim.ends - self.elapsed() <= pause:
                break
            await asyncio.sleep(pause)
            found = await looked_up(self.poster, self.claim, self.since, self.timeouts.call)
            if found is None and look < len(looks):
                continue
            if not isinstance(found, Unreadable) or found.lasting:
                return found
        return Unreadable("the lease ran out")


def as_it_is(message: Message) -> Message:
    """The message, with all its looks."""
    return message


async def limited(call: Awaitable[Outcome], seconds: float) -> Outcome:
    """The outcome of a platform call; one that has no answer in time may have been applied."""
    try:
        async with asyncio.timeout(seconds):
            return await call
    except TimeoutError:
        return Unknown("no answer in time")


async def looked_up(poster: Poster, claim: Claim, since: datetime, seconds: float) -> Posted | Unreadable | None:
    """What the history since then tells of a claim's message, if it can be read in time."""
    try:
        async with asyncio.timeout(seconds):
            return await poster.find(claim.address, claim.marker, since)
    except TimeoutError:
        return Unreadable("no answer in time")


def _pauses(longest: float) -> Iterator[float]:
    """Seconds between attempts: 1, 2, 4 … up to `longest`, without end."""
    pause = 1.0
    while True:
        yield min(pause, longest)
        pause *= 2
