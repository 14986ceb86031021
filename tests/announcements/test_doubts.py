"""What a platform refuses for a moment is not believed: nobody is told, nothing is given up; after a minute it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.announcements.alerts import Alerts
from bot.announcements.delivery import PostingContext
from bot.announcements.dispatcher import Dispatcher
from bot.announcements.poster import Outcome, Refusal, Refused
from bot.clock import SimulatedClock
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address, Follower
from bot.storage import Store, open_store
from tests.announcements.dispatching import dispatcher_of
from tests.announcements.recording import Recording, Strict, Written
from tests.examples import OPEN, at, both, series_of
from tests.schedule.editing_room import somewhere

CHANNEL, PERSON = somewhere("discord:1"), somewhere("discord:user:4")
MORNING = at("2030-04-18T08:00")


class Refusing(Recording):
    """A platform that refuses everything for a reason, as long as there is one."""

    why: Refusal | None = None

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        if self.why:
            return Refused(self.why, "403")
        return await super().post(address, message, language, marker, ping)

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        return (
            Refused(self.why, "403") if self.why else await super().edit(address, message_id, message, language, marker)
        )


@dataclass
class Bot:
    """An announcer, and all that it works with."""

    dispatcher: Dispatcher
    clock: SimulatedClock
    platform: Refusing
    store: Store
    alerts: Alerts
    written: list[Written]

    async def runs(self, seconds: float = 0.0) -> None:
        """Lets so much time pass, in steps as long as the pauses between two attempts, with all that is due in it."""
        until = self.clock.now() + timedelta(seconds=seconds)
        while True:
            await self.dispatcher.tick()
            await self.dispatcher.idle()
            if self.clock.now() >= until:
                break
            self.clock.move_to(min(until, self.clock.now() + timedelta(seconds=21)))

    @property
    def told(self) -> list[str]:
        """What organizers were told today."""
        return [each.phrase for each in self.dispatcher.troubles]


@asynccontextmanager
async def following(address: Address) -> AsyncIterator[Bot]:
    """A bot on the morning of a lecture, which that address follows."""
    series, clock = series_of(OPEN), SimulatedClock(MORNING - timedelta(days=2), 0)
    written: list[Written] = []
    platform, alerts = Refusing("discord", written), Alerts()
    async with open_store("sqlite://", series.timezone, elapsed=lambda: clock.now().timestamp()) as store:
        await store.followers.follow(Follower(address, clock.now()), "test", clock.now())
        context = PostingContext({"discord": platform}, clock.now, Strict())
        dispatcher = dispatcher_of(series, store, context, alerts)
        await dispatcher.accept(series)
        clock.move_to(MORNING)
        yield Bot(dispatcher, clock, platform, store, alerts, written)


@pytest.mark.parametrize(
    ("address", "why"), [(CHANNEL, Refusal.RIGHTS), (CHANNEL, Refusal.GONE), (PERSON, Refusal.CLOSED)]
)
async def test_a_post_waits_for_what_is_missing_for_a_moment(address: Address, why: Refusal) -> None:
    async with following(address) as bot:
        bot.platform.why = why
        await bot.runs(45)
        assert (bot.written, bot.told) == ([], [])
        bot.platform.why = None
        await bot.runs(30)
        assert len(bot.written) == 1
        assert await bot.store.followers.follower(address)


async def test_what_is_missing_for_a_minute_is_believed() -> None:
    async with following(CHANNEL) as bot:
        bot.platform.why = Refusal.RIGHTS
        await bot.runs(90)
        assert bot.told == ["notice.refused.rights"]
    async with following(PERSON) as person:
        person.platform.why = Refusal.CLOSED
        await person.runs(90)
        assert await person.store.followers.follower(PERSON) is None


async def test_a_message_that_may_not_be_edited_for_a_moment_is_not_given_up() -> None:
    async with following(CHANNEL) as bot:
        await bot.runs()
        bot.platform.why = Refusal.RIGHTS
        await bot.dispatcher.accept(series_of(replace(OPEN, title=both("彗星", "Comets"))), quietly=True)
        await bot.runs(45)
        bot.platform.why = None
        await bot.runs(30)
        assert [each.edited for each in bot.written] == [False, True]
