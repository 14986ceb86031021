"""Cards and posts of a lecture lead to its event on the server, where people say that they are interested."""

from datetime import timedelta
from typing import Any

import pytest

from bot.announcements.events.calendar import Shown
from bot.cards.lecture import lecture_card
from bot.cards.view import View
from bot.domain.language import Language
from bot.domain.message import Message
from bot.i18n import phrases
from bot.platforms.discord import DiscordPlatform
from tests.examples import BEFORE_THREE, EXAMPLE
from tests.platforms.discord.conftest import router_with, serving, until
from tests.platforms.discord.posting import channel, marker
from tests.standins.discord import DiscordStandIn, Right
from tests.standins.discord.components_form import walk


@pytest.fixture(autouse=True)
def _may_make_events(discord: DiscordStandIn) -> None:
    next(role for role in discord.guild.roles.values() if role.managed).rights |= Right.CREATE_EVENTS


def event_of(lecture: str) -> Shown:
    """What a lecture's event shows."""
    starts = BEFORE_THREE + timedelta(days=10)
    return Shown("銀河", f"\nlecturebot #{lecture}", "西館", starts, starts + timedelta(hours=2))


def links(components: list[dict[str, Any]]) -> dict[str, str]:
    """The buttons that lead elsewhere."""
    return {str(each["label"]): each["url"] for each in walk(components) if "url" in each}


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_posts_and_answers_lead_to_the_event_as_long_as_there_is_one(
    discord: DiscordStandIn, bot: DiscordPlatform, language: Language
) -> None:
    server, events, here = str(discord.guild.id), bot.poster.events, channel(discord.channel)
    label = phrases(language)("discord.event")
    before = await discord.interactions.command("lecture", {"which": "3"}, locale=language)
    assert label not in links(before.message["components"])
    await events.create(server, event_of("3"))
    (made,) = discord.scheduled_events.standing(discord.guild)
    address = f"https://discord.com/events/{server}/{made.id}"
    shown = await discord.interactions.command("lecture", {"which": "3"}, locale=language)
    assert links(shown.message["components"])[label] == address
    lecture = EXAMPLE.lecture("3")
    assert lecture
    card = lecture_card(lecture, View(EXAMPLE, BEFORE_THREE, language))
    await bot.poster.post(here, Message("x", (card,)), language, marker(here))
    assert links(discord.messages[0].components)[label] == address
    await events.remove(server, str(made.id))
    gone = await discord.interactions.command("lecture", {"which": "3"}, locale=language)
    assert label not in links(gone.message["components"])


async def test_events_are_known_again_once_they_were_listed(discord: DiscordStandIn) -> None:
    server = str(discord.guild.id)
    async with serving(discord) as bot:
        await bot.poster.events.create(server, event_of("3"))
    async with serving(discord, router_with()) as bot:
        await until(lambda: bot.poster.events.ready)
        assert bot.poster.events.links(server) == {}
        await bot.poster.events.listed(server)
        assert [*bot.poster.events.links(server)] == ["3"]
