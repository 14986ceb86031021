"""Looking after the bot from chat: what the announcer will do, what troubles it, and whether it may speak."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

import structlog

from bot.announcements.dispatcher import Dispatcher
from bot.announcements.followers import Followers
from bot.announcements.knowledge import LOOKING_BACK
from bot.announcements.ledger import Ledger
from bot.announcements.matter import FreeMatter, keys
from bot.announcements.outlook import foreseen, outlook
from bot.announcements.pause import Pause, Pauses
from bot.commands.managing.operations import Condition, Upcoming
from bot.domain.audience import Address
from bot.domain.language import Language
from bot.phrases import phrases

_log: Final = structlog.get_logger(__name__)


class AnnouncerOperations:
    """The port's operations, over a dispatcher and what is kept.

    `condition` tells how the platforms, the clock and the file are doing; `wake` has the plan made anew.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        ledger: Ledger,
        followers: Followers,
        pauses: Pauses,
        now: Callable[[], datetime],
        wake: Callable[[], None],
        condition: Callable[[Language], Condition],
    ) -> None:
        self._dispatcher: Final = dispatcher
        self._ledger: Final = ledger
        self._followers: Final = followers
        self._pauses: Final = pauses
        self._now: Final = now
        self._wake: Final = wake
        self.condition: Final = condition

    async def upcoming(self, most: int) -> list[Upcoming]:
        """The next posts, soonest first, pending news among them."""
        now = self._now()
        known = foreseen(self._dispatcher.situation, now, LOOKING_BACK)
        everyone = await self._followers.followers()
        taken = await self._ledger.taken({key for matter in known.matters for key in keys(matter)})
        posts = outlook(known, everyone, taken, now, most)
        return [Upcoming(each.matter.due, each.matter, each.followers, each.text) for each in posts]

    async def paused(self) -> Pause | None:
        """Who holds all posts back, and since when."""
        return await self._pauses.pause()

    async def pause(self, by: str, *, paused: bool) -> bool:
        """Holds all posts back, or lets them go out again; whether that changed anything."""
        change = self._pauses.begin if paused else self._pauses.end
        changed = await change(by, self._now())
        self._wake()
        return changed

    async def announce(self, text: str, channels: Sequence[Address], by: str) -> None:
        """Has a free text posted to these channels, once to each."""
        now = self._now()
        matter = FreeMatter(uuid4().hex, text, self._dispatcher.situation.series.local(now))
        await self._ledger.enqueue(matter, keys(matter), channels, now)
        _log.info("announcement.taken_in", by=by, to=[str(each) for each in channels], what=keys(matter))
        self._wake()

    def troubles(self, language: Language) -> tuple[str, ...]:
        """What organizers should know today."""
        say = phrases(language)
        return tuple(say(each.phrase, **each.values) for each in self._dispatcher.troubles)
