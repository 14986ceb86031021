"""Whose community is home, and what becomes of it when the bot is invited elsewhere, removed, or its database away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.commands.access import Access
from bot.commands.context import CommandServices
from bot.commands.home import Home, Homes
from bot.commands.kept_homes import KeptHomes
from bot.commands.parser import Request, User
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import phrases
from bot.storage import Store, open_store, store
from tests.commands.acting import ALONE, HERE, SERVER, TEAM, SeenChannels, somewhere
from tests.commands.transcripts import numbered_calendar
from tests.examples import BEFORE_THREE, EXAMPLE

OTHER = replace(SERVER, id="2")
ROLE = Address("discord", AddressKind.ROLE, SERVER.id)
MANAGER = User(somewhere("discord:user:7"), HERE, SERVER, manages_channel=True, manages_community=True)
STRANGER = replace(MANAGER, community=OTHER)
MEMBER = replace(MANAGER, manages_channel=False, manages_community=False)


@pytest.fixture
async def kept() -> AsyncIterator[Store]:
    """A database in memory."""
    async with open_store("sqlite://", EXAMPLE.timezone) as opened:
        yield opened


async def test_the_first_community_joined_is_home_for_ever(kept: Store) -> None:
    homes = KeptHomes((), kept.homes)
    await homes.joined("discord", [], BEFORE_THREE)
    assert homes.of("discord") is None
    await homes.joined("discord", [SERVER, OTHER], BEFORE_THREE)
    for communities, is_there in (([OTHER, SERVER], True), ([OTHER], False), ([], False)):
        await homes.joined("discord", communities, BEFORE_THREE)
        assert homes.all() == [Home(SERVER, is_set=False, is_joined=is_there)]
    later = KeptHomes((), kept.homes)
    await later.joined("discord", [OTHER], BEFORE_THREE)
    assert later.of("discord") == Home(SERVER, is_set=False, is_joined=False)


async def test_two_platforms_may_join_at_the_same_moment(kept: Store) -> None:
    homes = KeptHomes((), kept.homes)
    await asyncio.gather(*(homes.joined(each.platform, [each], BEFORE_THREE) for each in (SERVER, TEAM)))
    assert [each.community for each in homes.all()] == [SERVER, TEAM]


async def test_the_settings_outweigh_what_was_kept_but_do_not_replace_it(kept: Store) -> None:
    await KeptHomes((), kept.homes).joined("discord", [SERVER], BEFORE_THREE)
    homes = KeptHomes([OTHER], kept.homes)
    await homes.settle(BEFORE_THREE)
    assert homes.of("discord") == Home(OTHER, is_set=True)
    again = KeptHomes((), kept.homes)
    await again.settle(BEFORE_THREE)
    assert again.of("discord") == Home(SERVER, is_set=False)


async def test_while_the_database_is_away_nobody_is_told_that_they_may_not(kept: Store) -> None:
    closed = store("sqlite://", EXAMPLE.timezone)
    homes = KeptHomes((), closed.homes)
    await homes.joined("discord", [SERVER], BEFORE_THREE)
    access = Access(homes=homes)
    assert not access.is_admin(MANAGER)
    assert access.refusal(MANAGER, phrases("en"), str) == phrases("en")("access.unchecked")
    await closed.open()
    await homes.settle(BEFORE_THREE)
    assert access.is_admin(MANAGER)
    await closed.close()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_refusal_says_why_and_who_can_change_it(kept: Store, language: Language) -> None:
    names = SeenChannels()
    names.names[SERVER] = "Lab"
    by_name, by_role = (frozenset({somewhere("discord:user:9")}), frozenset({ROLE}))
    say = phrases(language)

    async def said(user: User, admins: frozenset[Address] = frozenset()) -> str:
        access = Access(admins, Homes([SERVER]))
        services = CommandServices(kept.followers, names, access)
        router = CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, numbered_calendar, lambda: services)
        return (await router.execute(Request("admin", language, user=user))).headline

    assert await said(MANAGER) == say("managing.overview")
    assert await said(MEMBER) == say("access.not_managing.discord")
    assert await said(STRANGER) == say("access.elsewhere", home="Lab")
    assert await said(ALONE) == await said(ALONE, by_role) == say("access.direct.discord")
    assert await said(ALONE, by_name) == await said(MANAGER, by_role) == say("access.not_named")


def test_the_role_that_everybody_has_is_found_out_once_its_server_is_known() -> None:
    homes = Homes([SERVER])
    access = Access(frozenset({ROLE, somewhere("discord:role:99")}), homes)
    assert access.of_everybody == []
    homes._joined["discord"] = [SERVER]
    assert access.of_everybody == [SERVER]
