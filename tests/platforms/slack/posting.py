"""What tests of posting share: a bot that serves, a post, its marker, and addresses on the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.announcements.ledger import marker_of
from bot.domain.message import Action, Card, Fact, Link, Message
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.slack import SlackPlatform
from tests.platforms.slack.conftest import FAST, ExampleRouter
from tests.standins.slack import Channel, SlackStandIn, User

POST = Message(
    "本日正午締切：第3回の参加登録",
    (Card("第3回", facts=(Fact("講師", ("大空 翼",)),), links=(Link("登録", "https://forms.example/3"),)),),
    actions=(Action("資料", "materials 3"), Action("カレンダー", "calendar 3")),
)


@asynccontextmanager
async def serving(slack: SlackStandIn, *, socket: bool = False) -> AsyncIterator[SlackPlatform]:
    """The bot, known to its workspace, until the end of the block; posts need no connection of Slack's to us."""
    app_token = slack.app_token if socket else None
    platform = SlackPlatform(slack.bot_token, app_token, slack.signing_secret, slack.api_url, timings=FAST)
    running = asyncio.create_task(platform.run(ExampleRouter()))
    try:
        async with asyncio.timeout(5):
            while not (running.done() or platform.health.connected):  # noqa: ASYNC110 - the bot tells nobody of it
                await asyncio.sleep(0.002)
        yield platform
    finally:
        await platform.close()
        await asyncio.gather(running, return_exceptions=True)


def here(slack: SlackStandIn) -> Address:
    """The channel that is there from the start."""
    return channel(slack.channel)


def channel(where: Channel) -> Address:
    """The address of a channel."""
    return Address("slack", AddressKind.CHANNEL, where.id)


def person(user: User) -> Address:
    """The address of somebody's direct messages."""
    return Address("slack", AddressKind.USER, user.id)


def marker(address: Address, key: str = "morning/3/2030-04-18T04:00") -> str:
    """The marker of a post, as the ledger makes it."""
    return marker_of([key], address)


def a_minute_ago() -> datetime:
    """A moment after which a post of this test was claimed."""
    return datetime.now(UTC) - timedelta(minutes=1)


def sent_with(slack: SlackStandIn, method: str) -> dict[str, Any]:
    """The arguments of the only call of a method."""
    (call,) = slack.calls_of(method)
    return dict(call.args)
