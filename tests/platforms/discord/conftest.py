"""The bot as it runs, on Discord as it stands in."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.commands.context import Reply
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.platforms.discord import DiscordPlatform, payload
from bot.platforms.discord.mentions import CommandMentions
from tests.examples import BEFORE_THREE, EXAMPLE, dated, series_of
from tests.standins.discord import DiscordStandIn

MANY = series_of(*(dated(number, f"2030-{1 + number // 28:02}-{1 + number % 28:02}T13:00") for number in range(1, 21)))
"""A series long enough for several pages."""


def calendar(series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
    """A file that names the lectures."""
    return f"{language}: {[lecture.id for lecture in lectures]}".encode()


def router_with(series: Series = EXAMPLE, now: datetime = BEFORE_THREE) -> CommandRouter:
    """A router at which it is always the same moment."""
    return CommandRouter(lambda: series, lambda: now, calendar)


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Waits until something holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what others do sets no event
            await asyncio.sleep(0.005)


def _is_registered(platform: DiscordPlatform) -> bool:
    """Whether it is through with registering its commands."""
    client = platform._client
    return client is not None and client._registering is not None and client._registering.done()


def mentioned(discord: DiscordStandIn, sentence: str) -> str:
    """A sentence as the bot says it where its commands are registered."""
    return CommandMentions(discord.commands).in_text(sentence, 2000)


@asynccontextmanager
async def serving(discord: DiscordStandIn, router: CommandRouter | None = None) -> AsyncIterator[DiscordPlatform]:
    """The bot, connected and with its commands registered, until the end of the block."""
    platform = DiscordPlatform(discord.token, discord.api_url)
    running = asyncio.create_task(platform.run(router or router_with()))
    try:
        await until(lambda: running.done() or (platform.health.connected and _is_registered(platform)))
        yield platform
        await platform.close()
        await asyncio.wait_for(running, 10)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture(autouse=True)
def _default_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the addresses that discord.py keeps for the whole process back after each test."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@pytest.fixture
async def discord() -> AsyncIterator[DiscordStandIn]:
    """Discord on loopback, knowing the bot's token."""
    async with DiscordStandIn() as standin:
        yield standin


@pytest.fixture
async def bot(discord: DiscordStandIn) -> AsyncIterator[DiscordPlatform]:
    """The bot with the invented series, ten days before its third lecture."""
    async with serving(discord) as platform:
        yield platform


def first_line(answer: Reply) -> str:
    """What somebody reads first of a private answer in Japanese."""
    message = payload(answer, "ja", True)["data"]
    return str(message.get("content") or message["components"][0]["content"])
