"""Members show answers to channels that don't follow; what stands there is edited like a post, on both platforms."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.subscriptions import Address, AddressKind, Follower, Topic
from tests.dialogues.reading import Seen, on_discord, on_slack
from tests.dialogues.seminar import Seminar
from tests.examples import at
from tests.standins import discord, slack

FORM = "https://forms.example/9"
DEADLINE = at("2030-04-24T12:00")


class Lounge:
    """A channel on each platform in which only members speak."""

    def __init__(self, seminar: Seminar) -> None:
        first, second = seminar.boards
        assert first.discord
        assert second.slack
        self._seminar = seminar
        self.there: discord.DiscordStandIn = first.discord
        self.here: slack.SlackStandIn = second.slack
        self.on_discord: discord.Channel = self.there.add_channel("lounge")
        self.on_slack: slack.Channel = self.here.channels.add("lounge")

    async def shows(self, command: str, which: str) -> None:
        """A member of each asks, and has the answer shown to all."""
        typed = {"which": which} if which else {}
        asked = await self.there.interactions.command(command, typed, channel=self.on_discord, locale="ja")
        await self.there.interactions.click(asked, label="共有", locale="ja")
        private = await (await self.here.command(f"/{command}", which, channel=self.on_slack)).seen()
        await (await self.here.click(private, action_id="share")).seen()
        await self.kept(2)

    async def kept(self, count: int) -> None:
        """Waits until so many messages are kept true."""
        async with asyncio.timeout(5):
            while len(await self._seminar.room.store.ledger.shared_answers()) < count:  # noqa: ASYNC110 - nobody is told
                await asyncio.sleep(0.005)

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all that stands in both channels, Discord's first."""
        return [*(str(each.id) for each in self.on_discord.messages), *(each.ts for each in self.on_slack.messages)]

    @property
    def messages(self) -> list[Seen]:
        """All that stands in both channels, Discord's first."""
        discords = (on_discord(self.there.payload(each)) for each in self.on_discord.messages)
        return [*discords, *(on_slack(each.text, each.blocks) for each in self.on_slack.messages)]

    async def passes(self, until: datetime) -> None:
        """Lets time go by, with all that falls due until then."""
        async for _ in self._seminar.passes(until - self._seminar.room.clock.now()):
            pass

    async def changes(self, old: str, new: str) -> None:
        """An organizer edits the file."""
        room = self._seminar.room
        room.by_hand(old, new)
        await room.schedule.look()
        await room.versions.take_in()
        await self.passes(room.clock.now())


@pytest.fixture
def lounge(spring: Seminar) -> Lounge:
    """The channels, while other ones follow."""
    return Lounge(spring)


def _offers(seen: Seen) -> bool:
    return any(FORM in line for line in seen.lines)


@pytest.mark.parametrize(("command", "which"), [("next", ""), ("lecture", "9"), ("register", "9")])
async def test_the_form_is_offered_until_the_deadline_and_not_after_it(
    lounge: Lounge, command: str, which: str
) -> None:
    await lounge.shows(command, which)
    shown = lounge.ids
    assert [_offers(each) for each in lounge.messages] == [True, True]
    await lounge.passes(DEADLINE - timedelta(seconds=1))
    assert [_offers(each) for each in lounge.messages] == [True, True]
    await lounge.passes(DEADLINE)
    assert [_offers(each) for each in lounge.messages] == [False, False]
    assert lounge.ids == shown, "edited, nothing posted"


async def test_what_a_mention_was_answered_for_all_to_see_is_kept_true_too(lounge: Lounge) -> None:
    await (await lounge.here.mention("register 9", channel=lounge.on_slack)).seen()
    await lounge.kept(1)
    assert [_offers(each) for each in lounge.messages] == [True]
    await lounge.passes(DEADLINE)
    assert [_offers(each) for each in lounge.messages] == [False]


async def test_a_channel_that_follows_in_english_is_answered_in_english(spring: Seminar, lounge: Lounge) -> None:
    followers, now = spring.room.store.followers, spring.room.clock.now()
    for platform, channel in (("discord", str(lounge.on_discord.id)), ("slack", lounge.on_slack.id)):
        address = Address(platform, AddressKind.CHANNEL, channel)
        await followers.follow(Follower(address, now, frozenset({Topic.MATERIALS}), language="en"), "test", now)
    await lounge.shows("register", "9")
    await (await lounge.here.mention("次回はどこ？", channel=lounge.on_slack)).seen()
    first_lines = [each.headline for each in lounge.messages]
    assert first_lines == [
        *2 * ["Register by Wed, 24 Apr, noon: lecture 9 (Tsubasa Ozora)"],
        "Lecture 9 (Tsubasa Ozora) is at West Hall, Room 201, and online.",
    ]
    await lounge.passes(DEADLINE)
    assert [_offers(each) for each in lounge.messages] == [False, False, False]
    assert lounge.messages[0].headline.isascii()


async def test_another_room_stands_in_what_was_shown(lounge: Lounge) -> None:
    await lounge.shows("lecture", "9")
    before = [each.headline for each in lounge.messages]
    await lounge.changes("ja: 201教室, en: Room 201", "ja: 302教室, en: Room 302")
    assert ["302教室" in "\n".join(each.lines) for each in lounge.messages] == [True, True]
    assert [each.headline for each in lounge.messages] == before


async def test_a_message_that_somebody_deleted_is_forgotten(spring: Seminar, lounge: Lounge) -> None:
    await lounge.shows("register", "9")
    lounge.there.delete(lounge.on_discord.messages[0])
    lounge.on_slack.history.remove(lounge.on_slack.messages[0])
    await lounge.changes("ja: 201教室, en: Room 201", "ja: 302教室, en: Room 302")
    await lounge.passes(DEADLINE)
    assert await spring.room.store.ledger.shared_answers() == []
    assert lounge.messages == []
