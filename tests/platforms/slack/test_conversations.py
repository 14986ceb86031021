"""Channels are called by their names; those that are archived, deleted or left are told, and a return is noticed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.announcements.alerts import Alerts
from bot.announcements.departures import Departures
from bot.announcements.ledger import Claim
from bot.announcements.post import AlertSubject
from bot.announcements.poster import Poster
from bot.commands.access import Access
from bot.commands.context import CommandServices
from bot.commands.parser import Request, User
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.i18n import phrases
from bot.storage import Store, open_store
from tests.commands.acting import SeenChannels
from tests.examples import BEFORE_THREE, EXAMPLE
from tests.platforms.slack.conftest import CALENDAR, Start
from tests.standins.slack import Channel, SlackStandIn

ORGANIZER = Address("slack", AddressKind.USER, "U0ORGANIZER")


@dataclass
class Followed:
    """A bot whose channels follow, and what its organizers are told."""

    slack: SlackStandIn
    store: Store
    alerts: Alerts
    channels: SeenChannels
    router: CommandRouter
    departures: Departures
    passed: list[float]

    async def follows(self, there: Channel) -> Address:
        """Has a channel follow."""
        address = Address("slack", AddressKind.CHANNEL, there.id)
        await self.store.followers.follow(Follower(address, BEFORE_THREE), "t", BEFORE_THREE)
        return address

    async def happens(self, kind: str, there: Channel, **fields: object) -> None:
        """Slack tells something of a channel."""
        await (await self.slack.event({"type": kind, "channel": there.id, **fields})).acked()

    @property
    def troubles(self) -> list[AlertSubject]:
        """What organizers were told."""
        return [*self.alerts.troubles(EXAMPLE, BEFORE_THREE, None)]

    def told(self, language: Language) -> list[str]:
        """The same in words."""
        return [phrases(language)(each.phrase, **each.values) for each in self.troubles]


@pytest.fixture
async def at(slack: SlackStandIn, started: Start) -> AsyncIterator[Followed]:
    """The bot in a workspace."""
    async with open_store("sqlite://", EXAMPLE.timezone) as store:
        alerts, channels = Alerts(), SeenChannels()
        posters: dict[str, Poster] = {}
        passed: list[float] = []
        departures = Departures(
            store.followers, store.ledger, alerts, posters, lambda: BEFORE_THREE, lambda: sum(passed), channels.wake
        )
        access = Access(frozenset({ORGANIZER}))
        services = CommandServices(store.followers, channels, access, departures=departures)
        router = CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, lambda *_: CALENDAR, lambda: services)
        bot = await started(served=router)
        posters["slack"] = bot.platform.poster
        yield Followed(slack, store, alerts, channels, router, departures, passed)


async def test_channels_and_groups_are_called_by_their_names(slack: SlackStandIn, started: Start) -> None:
    seminar, staff = slack.channels.add("seminar", private=True), slack.usergroups.add("staff", [])
    bot = await started()
    poster, channel = bot.platform.poster, Address("slack", AddressKind.CHANNEL, seminar.id)
    group = Address("slack", AddressKind.ROLE, staff.id)
    async with asyncio.timeout(2):
        while poster.name_of(group) != "@staff":  # noqa: ASYNC110 - nobody is told when it is asked for
            await asyncio.sleep(0.005)
    assert poster.name_of(channel) == "#seminar"
    renamed = {"type": "group_rename", "channel": {"id": seminar.id, "name": "colloquium"}}
    await (await slack.event(renamed)).acked()
    assert poster.name_of(channel) == "#colloquium"
    later = slack.channels.add("later")
    assert await poster.missing_rights(Address("slack", AddressKind.CHANNEL, later.id)) == ()
    assert poster.name_of(Address("slack", AddressKind.CHANNEL, later.id)) == "#later"


async def test_a_channel_that_is_deleted_follows_no_more(at: Followed) -> None:
    await at.follows(at.slack.channel)
    await at.happens("channel_deleted", at.slack.channel)
    await at.departures.settle()
    assert await at.store.followers.followers() != []
    at.passed.append(61.0)
    await at.departures.settle()
    assert await at.store.followers.followers() == []
    name = at.slack.channel.name
    assert at.told("en")[0].startswith(f"#{name} is gone, ")


@pytest.mark.parametrize(
    ("kind", "english", "japanese"),
    [
        ("channel_archive", "was archived.", "がアーカイブされました。"),
        ("group_left", "The bot was removed from", "から外されました。"),
    ],
)
async def test_a_channel_that_is_closed_is_told_once_with_a_button(
    at: Followed, kind: str, english: str, japanese: str
) -> None:
    channel = await at.follows(at.slack.channel)
    unknown = at.slack.channels.add("unknown")
    for _ in range(2):
        await at.happens(kind, at.slack.channel)
        await at.happens(kind, unknown)
    (trouble,) = at.troubles
    assert english in at.told("en")[0]
    assert japanese in at.told("ja")[0]
    assert [each.address for each in await at.store.followers.followers()] == [channel]
    ((_, line),) = trouble.actions
    member = await at.router.execute(Request(line, "en", user=User(Address("slack", AddressKind.USER, "U1"))))
    assert member.outcome == "refused"
    assert await at.store.followers.followers()
    await at.router.execute(Request(line, "en", user=User(ORGANIZER)))
    assert await at.store.followers.followers() == []


@pytest.mark.parametrize(
    ("kind", "who", "woken"),
    [
        ("channel_unarchive", "someone", True),
        ("member_joined_channel", "bot", True),
        ("member_joined_channel", "someone", False),
    ],
)
async def test_what_is_held_for_a_channel_that_is_back_goes_out_at_once(
    at: Followed, kind: str, who: str, woken: bool
) -> None:
    channel = await at.follows(at.slack.channel)
    subject = AlertSubject("test", "notice.paused", {}, BEFORE_THREE)
    claim = await at.store.ledger.claim(subject, ("test",), channel, BEFORE_THREE)
    assert isinstance(claim, Claim)
    await at.store.ledger.retry_later(claim, 300.0, "gone: is_archived")
    assert await at.store.ledger.open_posts() == []
    before = at.channels.woken
    user = at.slack.bot_user_id if who == "bot" else at.slack.user.id
    await at.happens(kind, at.slack.channel, user=user)
    assert (at.channels.woken > before, bool(await at.store.ledger.open_posts())) == (woken, woken)
