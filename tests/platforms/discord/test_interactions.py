"""What members get, over real sockets."""

from dataclasses import replace

import pytest

from bot.commands.parser import Request
from bot.commands.registry import COMMANDS
from bot.domain.language import Localized
from bot.i18n import phrases
from bot.platforms.discord import DiscordPlatform
from tests.examples import dated, series_of
from tests.platforms.discord.conftest import MANY, first_line, mentioned, router_with, serving
from tests.standins.discord import DiscordStandIn, Right

_OPTIONS = {"find": {"words": "月"}}


@pytest.mark.parametrize("locale", ["ja", "en-US", "fr"])
async def test_every_command_answers_privately_in_the_readers_language(
    discord: DiscordStandIn, bot: DiscordPlatform, locale: str
) -> None:
    router = router_with()
    for spec in COMMANDS:
        if spec.terminal_only or spec.acts:
            continue
        options = _OPTIONS.get(spec.name, {})
        answer = await discord.interactions.command(spec.name, options, locale=locale)
        line = " ".join([spec.name, *options.values()])
        expected = router.answer(Request(line, "ja" if locale == "ja" else "en"))
        assert answer.type == 4
        assert answer.ephemeral
        assert answer.content == first_line(expected)
        assert answer.refused == []
    assert discord.pinged == []


async def test_a_reader_is_shown_texts_in_a_language_of_the_series(discord: DiscordStandIn) -> None:
    name = Localized.of({"de": "Strömungen", "en": "Flows"})
    lecture = replace(dated(1, "2030-04-18T13:00"), title=Localized.of({"de": "Wirbel", "en": "Vortices"}))
    series = replace(series_of(lecture), name=name, language="de")
    told = {}
    async with serving(discord, router_with(series)):
        for locale in ("de", "en-GB", "ja", "fr"):
            told[locale] = (await discord.interactions.command("lecture", {"which": "1"}, locale=locale)).texts[1]
    assert {locale: ("Wirbel" in text, "Vortices" in text) for locale, text in told.items()} == {
        "de": (True, False),
        "en-GB": (False, True),
        "ja": (True, False),
        "fr": (False, True),
    }


async def test_an_option_becomes_part_of_the_question(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    lecture = await discord.interactions.command("lecture", {"which": "第1回"}, locale="ja")
    assert lecture.texts[1].startswith("### 第1回　月の満ち欠け\n")
    past = await discord.interactions.command("lectures", {"when": "past"}, locale="ja")
    assert past.embeds[0]["title"] == "これまでの講義"


async def test_a_calendar_is_a_file(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    for _ in range(2):
        answer = await discord.interactions.command("calendar", {"which": "3"}, locale="ja")
        assert answer.files == {"lecture-3.ics": b"ja: ['3']"}


async def test_completion_offers_lectures_by_number_title_and_speaker(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    by_title = await discord.interactions.autocomplete("lecture", "which", "機械学習", locale="ja")
    assert [(choice["name"], choice["value"]) for choice in by_title] == [
        ("第3回　機械学習で見る銀河 · 大空 翼 · 2030/4/18(木)", "3")
    ]
    by_speaker = await discord.interactions.autocomplete("materials", "which", "hoshino", locale="en-GB")
    assert [choice["value"] for choice in by_speaker] == ["2"]
    assert len(await discord.interactions.autocomplete("lecture", "which", "", locale="ja")) == 6


async def test_completion_offers_no_more_than_discord_takes(discord: DiscordStandIn) -> None:
    async with serving(discord, router_with(MANY)):
        assert len(await discord.interactions.autocomplete("lecture", "which", "")) == 20


async def test_a_page_is_turned_in_place(discord: DiscordStandIn) -> None:
    async with serving(discord, router_with(MANY)):
        first = await discord.interactions.command("lectures", {"when": "all"}, locale="ja")
        before = first.embeds
        second = await discord.interactions.click(first, label="次のページ", locale="ja")
        assert second.type == 7
        assert second.stored is first.stored
        assert second.embeds != before
        assert second.embeds[0]["footer"]["text"] == "2 / 4 ページ"
        back = await discord.interactions.click(second, label="前のページ", locale="ja")
        assert back.embeds == before


async def test_another_question_gets_an_answer_of_its_own(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    following = await discord.interactions.command("next", locale="ja")
    howto = await discord.interactions.click(following, label="カレンダー", locale="ja")
    assert (howto.type, howto.ephemeral) == (4, True)
    assert howto.stored is not following.stored


async def test_a_choice_takes_the_place_of_the_question(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    query = await discord.interactions.command("lecture", {"which": "月"}, locale="ja")
    assert query.embeds == []
    answer = await discord.interactions.select(query, "choose:", ["lecture 1"], locale="ja")
    assert answer.type == 7
    assert answer.texts[1].startswith("### 第1回　月の満ち欠け\n")
    assert [each["custom_id"] for each in answer.components] == ["ask:materials 1", "share:lecture 1"]


async def test_a_choice_of_a_calendar_brings_the_file(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    query = await discord.interactions.command("calendar", {"which": "大"}, locale="ja")
    answer = await discord.interactions.select(query, None, ["calendar 4"], locale="ja")
    assert answer.files == {"lecture-4.ics": b"ja: ['4']"}


async def test_a_list_to_choose_from_stays(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    listing = await discord.interactions.command("lectures", locale="ja")
    answer = await discord.interactions.select(listing, "choose:", ["lecture 4"], locale="ja")
    assert (answer.type, answer.ephemeral) == (4, True)
    assert listing.embeds[0]["title"] == "今後の講義"


async def test_showing_here_answers_publicly_in_the_channels_language(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    private = await discord.interactions.command("next", locale="en-US")
    shared = await discord.interactions.click(private, label="Share", locale="en-US")
    assert (shared.type, shared.ephemeral) == (4, False)
    assert shared.content == "次回：4/18(木)、第3回（大空 翼）"
    assert all(not each.get("custom_id", "").startswith("share:") for each in shared.components)


async def test_whoever_presses_a_button_of_a_public_answer_gets_a_private_one(discord: DiscordStandIn) -> None:
    async with serving(discord, router_with(MANY)):
        private = await discord.interactions.command("lectures", {"when": "all"}, locale="ja")
        public = await discord.interactions.click(private, label="共有", locale="ja")
        shown = public.embeds
        other = discord.add_user("somebody")
        turned = await discord.interactions.click(public, label="次のページ", user=other, locale="en-US")
        assert (turned.type, turned.ephemeral) == (4, True)
        assert turned.embeds[0]["footer"]["text"] == "Page 2 of 4"
        assert public.embeds == shown
        again = await discord.interactions.click(turned, label="Next page", locale="en-US")
        assert (again.type, again.embeds[0]["footer"]["text"]) == (7, "Page 3 of 4")


async def test_who_may_not_write_in_a_channel_can_not_show_anything_there(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    private = await discord.interactions.command("next", locale="ja")
    discord.deny(discord.channel, Right.SEND_MESSAGES, discord.user)
    refused = await discord.interactions.click(private, label="共有", locale="ja")
    assert refused.ephemeral
    assert refused.content == "このチャンネルに投稿する権限がないため、ここには表示できません。"
    assert discord.messages == []


async def test_in_a_direct_message_there_is_nobody_to_hide_from_or_to_show_to(discord: DiscordStandIn) -> None:
    async with serving(discord, router_with(MANY)):
        answer = await discord.interactions.command("lectures", {"when": "all"}, guild=None, locale="ja")
        assert not answer.ephemeral
        assert [each.get("custom_id") for each in answer.components] == ["choose:", "ask:lectures all page=2"]
        turned = await discord.interactions.click(answer, label="次のページ", locale="ja")
        assert (turned.type, turned.stored) == (7, answer.stored)


async def test_buttons_and_menus_outlive_a_restart(discord: DiscordStandIn) -> None:
    async with serving(discord, router_with(MANY)):
        listing = await discord.interactions.command("lectures", {"when": "all"}, locale="ja")
        query = await discord.interactions.command("lecture", {"which": "回"}, locale="ja")
    async with serving(discord, router_with(MANY)):
        turned = await discord.interactions.click(listing, label="次のページ", locale="ja")
        assert turned.type == 7
        chosen = await discord.interactions.select(turned, "choose:", ["lecture 7"], locale="ja")
        assert chosen.texts[1].startswith("### 第7回")
        assert query.ephemeral


async def test_an_unknown_button_says_that_it_is_out_of_date(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    listing = await discord.interactions.command("lectures", locale="ja")
    assert listing.stored is not None
    listing.stored.components[-1]["components"][0]["custom_id"] = "vote:7"
    answer = await discord.interactions.click(listing, "vote:7", locale="ja")
    assert answer.ephemeral
    assert answer.content == mentioned(discord, phrases("ja")("discord.outdated"))


async def test_a_button_for_a_command_that_is_gone_says_so(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    listing = await discord.interactions.command("lectures", locale="en-US")
    assert listing.stored is not None
    listing.stored.components[-1]["components"][0]["custom_id"] = "ask:weather"
    answer = await discord.interactions.click(listing, "ask:weather", locale="en-US")
    assert answer.ephemeral
    assert "weather" in answer.content


async def test_what_is_no_answer_is_not_shown_to_all(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    listing = await discord.interactions.command("lectures", locale="en-US")
    assert listing.stored is not None
    listing.stored.components[-1]["components"][0]["custom_id"] = "share:weather"
    answer = await discord.interactions.click(listing, "share:weather", locale="en-US")
    assert answer.ephemeral
    assert "weather" in answer.content


async def test_a_command_of_an_earlier_version_says_that_it_is_out_of_date(
    discord: DiscordStandIn, bot: DiscordPlatform
) -> None:
    told = mentioned(discord, phrases("en")("discord.outdated"))
    discord.register([{"name": "quiz", "description": "x", "type": 1}])
    answer = await discord.interactions.command("quiz", locale="en-US")
    assert answer.ephemeral
    assert answer.content == told


async def test_what_people_type_pings_nobody(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    for typed in ("@everyone", f"<@{discord.user.id}>", "@here https://a.example **x**"):
        answer = await discord.interactions.command("find", {"words": typed}, locale="en-US")
        public = await discord.interactions.command("lecture", {"which": typed}, guild=None, locale="en-US")
        assert answer.ephemeral
        assert not public.ephemeral
    assert discord.pinged == []


async def test_no_view_is_kept(discord: DiscordStandIn, bot: DiscordPlatform) -> None:
    for name in ("next", "lectures", "materials"):
        await discord.interactions.command(name, locale="ja")
    client = bot._client
    assert client is not None
    assert client._connection._view_store._views == {}
    assert [*client.persistent_views] == []
