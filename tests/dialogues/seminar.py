"""The bot as it runs on both platforms' stand-ins at once, with a channel on each that follows, and a clock to move."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.announcements.poster import Poster
from bot.commands.context import CommandServices
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.platforms import Platform
from bot.platforms.discord import DiscordPlatform
from bot.platforms.discord import rate_limits as discord_rates
from bot.platforms.slack import CommandNames, Declared, SlackPlatform, rate_limits
from tests.commands.transcripts import numbered_calendar
from tests.dialogues.hands import DiscordHand, Hand, SlackHand
from tests.dialogues.reading import Seen, on_discord, on_slack
from tests.examples import at
from tests.platforms.slack.conftest import FAST
from tests.schedule.editing_room import Room, editing_room
from tests.standins.discord import DiscordStandIn, Right
from tests.standins.slack import SlackStandIn

NOW = at("2030-04-08T12:00")
"""A Monday in spring; nothing in the file is past yet."""

SPRING = """\
# The lectures of spring. Dates are agreed with the speakers by telephone.
series:
  name: {ja: 月と星の講義, en: Lectures on the Moon and the Stars}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  usual_venue: {ja: 西館, en: West Hall}
  holidays: JP
lectures:
  - number: 9
    starts: 2030-04-25T13:00
    ends: 2030-04-25T17:00
    speaker: {name: {ja: 大空 翼, en: Tsubasa Ozora}, affiliation: {ja: 銀河大学, en: Galaxy University}}
    title: {ja: 銀河の形, en: Shapes of Galaxies}     # final
    mode: hybrid
    venue: {name: {ja: 西館, en: West Hall}, room: {ja: 201教室, en: Room 201}}
    registration: {url: https://forms.example/9}
    summary: {ja: 渦巻はなぜできるのか。, en: Why galaxies have arms.}
  # he comes by train
  - number: 10
    starts: 2030-05-23T13:00
    speaker: {name: {ja: 月島 光, en: Hikari Tsukishima}}
    title: {ja: 月の裏側, en: The Far Side of the Moon}
"""

PLATFORMS = ("discord", "slack")


@dataclass
class Board:
    """A channel that follows, as its members see it; `news` is what has come or changed since it was last looked at."""

    name: str
    address: Address
    language: Language
    discord: DiscordStandIn | None = None
    slack: SlackStandIn | None = None
    _edits: dict[str, int] = field(default_factory=dict)

    def messages(self) -> list[tuple[str, int, Seen]]:
        """All posts with their ids and how often each was edited, oldest first."""
        if self.discord:
            posts = self.discord.channel.messages
            return [(str(each.id), len(each.earlier), on_discord(self.discord.payload(each))) for each in posts]
        assert self.slack
        posted = self.slack.channel.messages
        return [(each.ts, len(each.versions), on_slack(each.text, each.blocks)) for each in posted]

    def news(self) -> Iterator[str]:
        """First lines, earlier posts that were edited first."""
        for message_id, edits, seen in self.messages():
            before = self._edits.get(message_id)
            if before != edits:
                yield f"{self.name}{'' if before is None else ', edited'}: {seen.headline}"
            self._edits[message_id] = edits


@dataclass
class Seminar:
    """Everything at hand; `organizer`, `colleague` and `member` type on the platforms that were asked for."""

    room: Room
    boards: tuple[Board, Board]
    organizers: tuple[Address, Address]
    organizer: Hand
    colleague: Hand
    member: Hand

    async def passes(self, time: timedelta) -> AsyncIterator[str]:
        """Lets time go by; tells what then comes to stand in the channels, with its time."""
        until = self.room.clock.now() + time
        while True:
            await self.room.passes()
            now = self.room.schedule.series.local(self.room.clock.now())
            for board in self.boards:
                for line in board.news():
                    yield f"{now:%d %b %H:%M} {line}"
            wake = await self.room.dispatcher.next_wake()
            if wake.at is None or wake.at > until:
                break
            self.room.clock.move_to(wake.at)
        self.room.clock.move_to(until)

    def named(self, line: str) -> str:
        """A line with the channels' names in place of their ids, which are others each time."""
        for board in self.boards:
            line = line.replace(str(board.address), f"#{board.name.lower()}")
        for address in self.organizers:
            line = line.replace(str(address), "#organizers")
        return line


@asynccontextmanager
async def seminar(path: Path, organizers_on: str, text: str = SPRING) -> AsyncIterator[Seminar]:
    """The bot with that file, connected to both; the organizer is on one platform, the colleague on the other."""
    await asyncio.to_thread(path.write_text, text, encoding="utf-8")
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(DiscordStandIn())
        slack = await stack.enter_async_context(SlackStandIn())
        discord.limits.off()
        offices: list[CommandServices] = []
        router = CommandRouter(
            lambda: room.schedule.series, lambda: room.clock.now(), numbered_calendar, lambda: offices[0]
        )
        on_discord = DiscordPlatform(discord.token, discord.api_url)
        names = CommandNames(declared=Declared.ALL)  # dialogues are the same on all platforms
        on_slack = SlackPlatform(
            slack.bot_token, slack.app_token, slack.signing_secret, slack.api_url, names, timings=FAST
        )
        posters: dict[str, Poster] = {"discord": on_discord.poster, "slack": on_slack.poster}
        boards = (
            Board("Discord", _channel("discord", str(discord.channel.id)), "ja", discord=discord),
            Board("Slack", _channel("slack", slack.channel.id), "en", slack=slack),
        )
        following = [Follower(each.address, NOW - timedelta(days=30), language=each.language) for each in boards]
        room = await stack.enter_async_context(editing_room(path, following, now=NOW, posters=posters))
        offices.append(room.services.commands)
        for platform in (on_discord, on_slack):
            await stack.enter_async_context(_served(platform, router))
        while not discord.commands:  # noqa: ASYNC110 - they are registered once the bot is connected
            await asyncio.sleep(0.002)
        there, here = discord.add_channel("organizers"), slack.channels.add("organizers")
        elsewhere = next(each for each in PLATFORMS if each != organizers_on)

        def hand(name: str, platform: str, *, organizes: bool) -> Hand:
            if platform == "discord":
                user = discord.add_user(name.lower(), rights=Right.MANAGE_GUILD if organizes else Right.NONE)
                return DiscordHand(discord, user, there if organizes else discord.channel)
            member = slack.users.add(name, admin=organizes)
            return SlackHand(slack, member, here if organizes else slack.channel)

        yield Seminar(
            room,
            boards,
            (_channel("discord", str(there.id)), _channel("slack", here.id)),
            hand("Rin", organizers_on, organizes=True),
            hand("Ken", elsewhere, organizes=True),
            hand("Hana", organizers_on, organizes=False),
        )
        assert (slack.flaws, slack.pinged, discord.pinged) == ([], [], [])


@asynccontextmanager
async def _served(platform: Platform, router: CommandRouter) -> AsyncIterator[None]:
    running = asyncio.create_task(platform.run(router))
    async with asyncio.timeout(10):
        while not platform.health.connected:
            await asyncio.sleep(0.002)
            assert not running.done()
    try:
        yield
    finally:
        await platform.close()
        await asyncio.wait_for(running, 10)


def _channel(platform: str, channel_id: str) -> Address:
    return Address(platform, AddressKind.CHANNEL, channel_id)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets posts follow each other as fast as the clock is moved: weeks pass here in a second."""
    monkeypatch.setattr(discord_rates, "_MESSAGES_PER_SECOND", 1000.0)
    for name in ("_CHANNEL_RATE", "_RATE_IN_ALL", "_RATE_OF_EDITS"):
        monkeypatch.setattr(rate_limits, name, 1000.0)
