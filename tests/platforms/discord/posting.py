"""What tests of posting share: a post, its marker, and addresses on the stand-in."""

from datetime import UTC, datetime, timedelta

from bot.announcements.ledger import marker_of
from bot.domain.message import Action, Card, Fact, Link, Message
from bot.domain.subscriptions import Address, AddressKind
from tests.standins.discord import Channel, DiscordStandIn, User

POST = Message(
    "本日正午締切：第3回の参加登録",
    (Card("第3回", facts=(Fact("講師", ("大空 翼",)),), links=(Link("登録", "https://forms.example/3"),)),),
    actions=(Action("資料", "materials 3"), Action("カレンダー", "calendar 3")),
)


def here(discord: DiscordStandIn) -> Address:
    """The channel that is there from the start."""
    return channel(discord.channel)


def channel(where: Channel) -> Address:
    """The address of a channel."""
    return Address("discord", AddressKind.CHANNEL, str(where.id))


def person(user: User) -> Address:
    """The address of somebody's direct messages."""
    return Address("discord", AddressKind.USER, str(user.id))


def marker(address: Address, key: str = "morning/3/2030-04-18T04:00") -> str:
    """The marker of a post, as the ledger makes it."""
    return marker_of([key], address)


def a_minute_ago() -> datetime:
    """A moment after which a post of this test was claimed."""
    return datetime.now(UTC) - timedelta(minutes=1)
