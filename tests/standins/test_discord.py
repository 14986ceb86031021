"""The stand-in for Discord, driven by the real discord.py."""

from __future__ import annotations

import asyncio
import sys
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from yarl import URL

from tests.standins.discord import (
    Delay,
    DiscordStandIn,
    Drop,
    Hold,
    LoseAnswer,
    NoAnswerError,
    NotOfferedError,
    Pinged,
    Refuse,
    Right,
    Status,
    TooMany,
)
from tests.standins.discord.command_form import LOCALES

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord import app_commands

Interaction = discord.Interaction[discord.AutoShardedClient]
Starter = Callable[..., AbstractAsyncContextManager["Bot"]]


class Buttons(discord.ui.View):
    """Survives a restart of the bot, as its buttons have fixed ids."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Site", url="https://example.org/"))

    @discord.ui.button(label="More", custom_id="more")
    async def more(self, interaction: Interaction, button: discord.ui.Button[Buttons]) -> None:
        await interaction.response.edit_message(content="more of it")

    @discord.ui.button(label="Later", custom_id="later")
    async def later(self, interaction: Interaction, button: discord.ui.Button[Buttons]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="edited later")

    @discord.ui.button(label="Rename", custom_id="rename")
    async def rename(self, interaction: Interaction, button: discord.ui.Button[Buttons]) -> None:
        await interaction.response.send_modal(Rename())

    @discord.ui.select(
        custom_id="pick",
        options=[discord.SelectOption(label="One", value="1"), discord.SelectOption(label="Two", value="2")],
    )
    async def pick(self, interaction: Interaction, select: discord.ui.Select[Buttons]) -> None:
        await interaction.response.send_message(f"picked {select.values[0]}", ephemeral=True)


class Rename(discord.ui.Modal, title="Rename"):
    name = discord.ui.TextInput["Rename"](label="Name", custom_id="name", max_length=20)
    form = discord.ui.Label["Rename"](
        text="Form",
        component=discord.ui.Select(custom_id="form", options=[discord.SelectOption(label="Online", value="online")]),
    )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        select = self.form.component
        assert isinstance(select, discord.ui.Select)
        await interaction.response.edit_message(content=f"{self.name.value}, {select.values[0]}")


class Bot(discord.AutoShardedClient):
    """As small as a bot can be that uses every surface once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.05, **options)
        self.tree = app_commands.CommandTree(self)
        self.resumed = asyncio.Event()
        self.ended = asyncio.Event()
        self.heard: list[discord.Message] = []
        self.raw: list[dict[str, Any]] = []
        self.failed: list[app_commands.AppCommandError] = []
        self._add_commands()

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        await self.tree.sync()

    async def close(self) -> None:
        await super().close()
        self.ended.set()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Does not wait the five seconds that discord.py leaves between two identifies."""

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)

    def _add_commands(self) -> None:
        tree = self.tree

        @tree.error
        async def failed(interaction: Interaction, error: app_commands.AppCommandError) -> None:
            self.failed.append(error)

        @tree.command(description="Says it back")
        async def echo(interaction: Interaction, words: str, hidden: bool = False, times: int = 1) -> None:
            text = f"{words * times} ({interaction.locale.value})"
            await interaction.response.send_message(text, view=Buttons(), ephemeral=hidden)

        @tree.command(description="Takes its time")
        async def slow(interaction: Interaction, seconds: float) -> None:
            await asyncio.sleep(seconds)
            await interaction.response.send_message("done")

        @tree.command(description="Thinks first")
        async def think(interaction: Interaction) -> None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send("thought")
            await interaction.followup.send("and more", file=discord.File(BytesIO(b"BEGIN"), "series.ics"))

        @tree.command(description="Answers as the test says")
        async def raw(interaction: Interaction) -> None:
            route = discord.http.Route(
                "POST",
                "/interactions/{webhook_id}/{webhook_token}/callback",
                webhook_id=interaction.id,
                webhook_token=interaction.token,
            )
            for answer in self.raw:
                await self.http.request(route, json=answer)

        @tree.command(description="Who are you?")
        async def who(interaction: Interaction, whom: discord.User | None = None) -> None:
            admin = interaction.permissions.administrator
            mine = interaction.app_permissions.embed_links
            where = interaction.guild.name if interaction.guild else "direct"
            about = whom or interaction.user
            await interaction.response.send_message(f"{about.name} {where} admin={admin} embeds={mine}")

        @tree.command(description="One lecture")
        async def lecture(interaction: Interaction, which: str) -> None:
            await interaction.response.send_message(which)

        @lecture.autocomplete("which")
        async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
            many = 26 if current == "many" else 2
            return [app_commands.Choice(name=f"{current} {index}", value=str(index)) for index in range(many)]

        admin = app_commands.Group(name="admin", description="Organisers only")

        @admin.command(description="Moves a lecture")
        async def move(interaction: Interaction, number: app_commands.Range[int, 1, 99]) -> None:
            await interaction.response.send_message(f"moved {number}")

        tree.add_command(admin)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn(strict=False) as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
        yield server
        assert server.unknown_routes == []


@pytest.fixture
def start(server: DiscordStandIn) -> Starter:
    @asynccontextmanager
    async def start(token: str | None = None) -> AsyncIterator[Bot]:
        bot = Bot()
        task = asyncio.create_task(bot.start(token or server.token))
        ready = asyncio.create_task(server.ready())
        try:
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            await ready
            yield bot
        finally:
            ready.cancel()
            await bot.close()
            with suppress(discord.ClientException, discord.LoginFailure):
                await task

    return start


@pytest.fixture
async def bot(start: Starter) -> AsyncIterator[Bot]:
    async with start() as bot:
        yield bot


def channel_of(bot: Bot, server: DiscordStandIn) -> discord.PartialMessageable:
    return bot.get_partial_messageable(server.channel.id, guild_id=server.guild.id)


async def post(bot: Bot, server: DiscordStandIn, body: dict[str, Any]) -> dict[str, Any]:
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=server.channel.id)
    answer: dict[str, Any] = await bot.http.request(route, json=body)
    return answer


class TestGateway:
    async def test_knows_the_intents_and_tells_the_bot_its_guilds(self, server: DiscordStandIn, bot: Bot) -> None:
        await server.interactions.command("who")
        assert server.gateway.intents == discord.Intents.default().value
        assert [guild.name for guild in bot.guilds] == ["Seminar"]
        assert [channel.name for channel in bot.guilds[0].text_channels] == ["lectures"]
        assert bot.guilds[0].me.id == bot.application_id == server.application_id

    async def test_a_wrong_token_is_refused(self, start: Starter) -> None:
        with pytest.raises(discord.LoginFailure):
            async with start("wrong"):
                raise AssertionError

    async def test_a_wrong_token_closes_the_gateway_with_4004(self, server: DiscordStandIn) -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway.url) as ws:
            await ws.receive_json()
            await ws.send_json({"op": 2, "d": {"token": "wrong", "intents": 1}})
            assert (await ws.receive()).data == 4004

    async def test_privileged_intents_must_be_allowed_first(self, server: DiscordStandIn) -> None:
        async with aiohttp.ClientSession() as session:
            for allowed, op in ((0, None), (1 << 15, 0)):
                server.gateway.allowed_privileged = allowed
                async with session.ws_connect(server.gateway.url) as ws:
                    await ws.receive_json()
                    await ws.send_json({"op": 2, "d": {"token": server.token, "intents": 1 | 1 << 15}})
                    answer = await ws.receive()
                    assert answer.data == 4014 if op is None else answer.json()["op"] == op

    @pytest.mark.parametrize("acknowledged", [True, False])
    async def test_heartbeats_are_acknowledged(
        self, server: DiscordStandIn, start: Starter, acknowledged: bool
    ) -> None:
        server.gateway.heartbeat_interval = 0.05
        server.gateway.acknowledges = acknowledged
        async with start() as bot:
            async with asyncio.timeout(10):
                while server.gateway.heartbeats < 3:  # noqa: ASYNC110 - heartbeats set no event
                    await asyncio.sleep(0.01)
            assert (bot.latency < 5) is acknowledged

    @pytest.mark.parametrize("way", ["dropped", "closed", "asked"])
    async def test_a_lost_connection_is_resumed_and_misses_nothing(
        self, server: DiscordStandIn, bot: Bot, way: str
    ) -> None:
        if way == "dropped":
            await server.gateway.drop()
        elif way == "closed":
            await server.gateway.drop(4000)
        else:
            server.gateway.ask_to_reconnect()
            await server.gateway.gone()
        answer = await server.interactions.command("echo", {"words": "still here"})
        assert answer.content == "still here (en-US)"
        async with asyncio.timeout(5):
            await bot.resumed.wait()
        assert len(server.gateway.resumes) == 1
        assert len(server.gateway.identifies) == 1

    async def test_an_invalidated_session_identifies_anew(
        self, server: DiscordStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", URL(server.gateway.url))
        server.gateway.invalidate()
        await server.gateway.gone()
        await server.ready()
        assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (2, 0)
        assert (await server.interactions.command("echo", {"words": "anew"})).content == "anew (en-US)"

    async def test_a_revoked_token_ends_the_bot(self, server: DiscordStandIn, bot: Bot) -> None:
        await server.revoke_token()
        async with asyncio.timeout(5):
            await bot.ended.wait()
        assert bot.is_closed()
        async with Bot() as again:
            with pytest.raises(discord.LoginFailure):
                await again.login(server.token)

    async def test_every_shard_has_its_own_guilds(self, server: DiscordStandIn, start: Starter) -> None:
        server.shards = 2
        async with start() as bot:
            await server.gateway.ready(sessions=2)
            assert (await server.interactions.command("who")).content == "hana Seminar admin=False embeds=True"
            assert (await server.interactions.command("who", guild=None)).content.startswith("hana direct")
            assert [guild.shard_id for guild in bot.guilds] == [(server.guild.id >> 22) % 2]
        assert [identify["shard"] for identify in server.gateway.identifies] == [[0, 2], [1, 2]]

    async def test_changes_reach_the_bot(self, server: DiscordStandIn, bot: Bot) -> None:
        role = server.add_role("audience", mentionable=True)
        channel = server.add_channel("news")
        server.deny(channel, Right.SEND_MESSAGES)
        await server.interactions.command("who")
        guild = bot.guilds[0]
        seen = guild.get_channel(channel.id)
        assert guild.get_role(role.id) is not None
        assert seen is not None
        rights = seen.permissions_for(guild.me)
        assert (rights.view_channel, rights.send_messages) == (True, False)
        server.remove_bot(server.guild)
        await server.interactions.command("who", guild=None)
        assert list(bot.guilds) == []

    async def test_others_words_come_empty_without_the_message_content_intent(
        self, server: DiscordStandIn, bot: Bot
    ) -> None:
        server.say(server.user, "a secret")
        server.say(server.user, f"{server.bot.mention} next")
        server.say(server.user, "direct", server.dm(server.user))
        await server.interactions.command("echo", {"words": "mine"})
        await server.interactions.command("who", guild=None)
        assert [message.content for message in bot.heard] == [
            "",
            f"{server.bot.mention} next",
            "direct",
            "mine (en-US)",
        ]


def modal(**parts: Any) -> dict[str, Any]:
    return {"title": "x", "custom_id": "x", "components": [field("x")], **parts}


def field(custom_id: str, **parts: Any) -> dict[str, Any]:
    return {"type": 1, "components": [{"type": 4, "style": 1, "label": "x", "custom_id": custom_id, **parts}]}


class TestInteractions:
    async def test_a_command_is_answered(self, server: DiscordStandIn, bot: Bot) -> None:
        answer = await server.interactions.command("echo", {"words": "ab", "times": 2}, locale="ja")
        assert (answer.type, answer.content, answer.ephemeral) == (4, "abab (ja)", False)
        assert 0 < answer.seconds < 1
        assert [message.content for message in server.channel.messages] == ["abab (ja)"]
        assert [each.get("label") for each in answer.components] == ["More", "Later", "Rename", "Site", None]

    async def test_an_ephemeral_answer_is_not_in_the_channel(self, server: DiscordStandIn, bot: Bot) -> None:
        answer = await server.interactions.command("echo", {"words": "psst", "hidden": True})
        assert answer.ephemeral
        assert answer.message["flags"] == 64
        assert server.channel.messages == []
        with pytest.raises(ValueError, match="rin does not see"):
            await server.interactions.click(answer, "more", user=server.admin)

    async def test_subcommands_and_their_ranges(self, server: DiscordStandIn, bot: Bot) -> None:
        assert (await server.interactions.command("admin move", {"number": 7})).content == "moved 7"
        for name, options in (
            ("admin", {}),
            ("admin copy", {}),
            ("admin move", {"number": 100}),
            ("admin move", {"number": "7"}),
            ("admin move", {}),
            ("admin move", {"number": 7, "when": "now"}),
            ("nothing", {}),
        ):
            with pytest.raises(NotOfferedError):
                await server.interactions.command(name, options)

    async def test_who_asks_from_where_and_with_which_rights(self, server: DiscordStandIn, bot: Bot) -> None:
        ask = server.interactions.command
        assert (await ask("who")).content == "hana Seminar admin=False embeds=True"
        assert (await ask("who", user=server.admin)).content == "rin Seminar admin=True embeds=True"
        assert (await ask("who", guild=None)).content == "hana direct admin=False embeds=True"
        assert (await ask("who", {"whom": server.admin})).content == "rin Seminar admin=False embeds=True"
        server.deny(server.channel, Right.EMBED_LINKS)
        assert (await ask("who")).content == "hana Seminar admin=False embeds=False"

    async def test_many_at_once(self, server: DiscordStandIn, bot: Bot) -> None:
        asked = [server.interactions.command("echo", {"words": str(number)}) for number in range(40)]
        answers = await asyncio.gather(*asked)
        assert [answer.content for answer in answers] == [f"{number} (en-US)" for number in range(40)]

    async def test_a_late_answer_is_refused(self, server: DiscordStandIn, bot: Bot) -> None:
        server.interactions.deadline = 0.05
        with pytest.raises(NoAnswerError, match="10062"):
            await server.interactions.command("slow", {"seconds": 0.1})

    async def test_a_second_answer_is_refused(self, server: DiscordStandIn, bot: Bot) -> None:
        bot.raw = [{"type": 4, "data": {"content": text}} for text in ("once", "twice")]
        answer = await server.interactions.command("raw")
        await answer.until(lambda answer: answer.refused != [])
        assert [refusal.code for refusal in answer.refused] == [40060]
        assert answer.content == "once"

    async def test_two_processes_both_get_it_and_one_is_too_late(self, server: DiscordStandIn, start: Starter) -> None:
        async with start(), start():
            await server.gateway.ready(sessions=2)
            answer = await server.interactions.command("echo", {"words": "x"})
            await answer.until(lambda answer: answer.refused != [])
        assert [refusal.code for refusal in answer.refused] == [40060]
        assert len(server.channel.messages) == 1

    @pytest.mark.parametrize(
        ("answer", "place"),
        [
            ({"type": 7, "data": {"content": "x"}}, "type"),
            ({"type": 8, "data": {"choices": []}}, "type"),
            ({"type": 4, "data": {"content": "x" * 2001}}, "content"),
            ({"type": 9, "data": modal(title="x" * 46)}, "title"),
            ({"type": 9, "data": modal(custom_id="")}, "custom_id"),
            ({"type": 9, "data": modal(components=[field(str(number)) for number in range(6)])}, "components"),
            ({"type": 9, "data": modal(components=[field("a"), field("a")])}, "components.1.components.0.custom_id"),
            ({"type": 9, "data": modal(components=[field("a", label="x" * 46)])}, "components.0.components.0.label"),
            ({"type": 9, "data": modal(components=[field("a", value="x" * 4001)])}, "components.0.components.0.value"),
        ],
    )
    async def test_answers_that_discord_would_not_take(
        self, server: DiscordStandIn, bot: Bot, answer: dict[str, Any], place: str
    ) -> None:
        bot.raw = [answer]
        server.interactions.deadline = 0.2
        with pytest.raises(NoAnswerError) as nothing:
            await server.interactions.command("raw", within=0.2)
        at = "".join(f"'{step}': {{" for step in place.split("."))
        assert f"50035): Invalid Form Body {{{at}'_errors'" in str(nothing.value)

    async def test_the_first_follow_up_takes_the_place_of_the_deferral(self, server: DiscordStandIn, bot: Bot) -> None:
        answer = await server.interactions.command("think")
        assert (answer.type, answer.ephemeral) == (5, True)
        await answer.finished()
        await answer.followed_up()
        assert answer.content == "thought"
        [second] = answer.followups
        assert [attachment["filename"] for attachment in second["attachments"]] == ["series.ics"]
        assert [file.data for file in answer.interaction.followups[0].files.values()] == [b"BEGIN"]

    async def test_autocomplete(self, server: DiscordStandIn, bot: Bot) -> None:
        choices = await server.interactions.autocomplete("lecture", "which", "de")
        assert choices == [{"name": "de 0", "value": "0"}, {"name": "de 1", "value": "1"}]
        with pytest.raises(NoAnswerError, match="50035"):
            await server.interactions.autocomplete("lecture", "which", "many", within=0.2)
        with pytest.raises(NotOfferedError):
            await server.interactions.autocomplete("echo", "words")

    async def test_a_click_edits_the_message_it_is_on(self, server: DiscordStandIn, bot: Bot) -> None:
        answer = await server.interactions.command("echo", {"words": "less", "hidden": True})
        clicked = await server.interactions.click(answer, "more")
        assert (clicked.type, clicked.content, answer.content) == (7, "more of it", "more of it")
        later = await server.interactions.click(clicked, label="Later")
        await later.until(lambda answer: answer.content == "edited later")
        assert later.type == 6
        assert [each["content"] for each in clicked.interaction.response.earlier] == ["less (en-US)", "more of it"]  # type: ignore[union-attr]

    async def test_what_a_client_does_not_let_through(self, server: DiscordStandIn, bot: Bot) -> None:
        answer = await server.interactions.command("echo", {"words": "x"})
        with pytest.raises(ValueError, match="link"):
            await server.interactions.click(answer, label="Site")
        with pytest.raises(LookupError, match="nothing"):
            await server.interactions.click(answer, "nothing")
        with pytest.raises(ValueError, match="3"):
            await server.interactions.select(answer, "pick", ["3"])
        server.delete(server.channel.messages[0])
        with pytest.raises(LookupError):
            await server.interactions.click(answer, "more")

    async def test_a_new_process_answers_clicks_on_old_messages(self, server: DiscordStandIn, start: Starter) -> None:
        async with start():
            answer = await server.interactions.command("echo", {"words": "old"})
        await server.gateway.gone()
        async with start():
            picked = await server.interactions.select(answer, "pick", ["2"])
            by_id = await server.interactions.click(server.channel.messages[0].id, "more", user=server.admin)
        assert (picked.content, picked.ephemeral) == ("picked 2", True)
        assert by_id.content == "more of it"

    async def test_a_modal(self, server: DiscordStandIn, bot: Bot) -> None:
        answer = await server.interactions.command("echo", {"words": "name"})
        opened = await server.interactions.click(answer, "rename")
        assert opened.type == 9
        assert opened.modal is not None
        assert opened.modal["title"] == "Rename"
        with pytest.raises(ValueError, match="wrong length"):
            await server.interactions.submit_modal(opened, {"name": "x" * 21})
        with pytest.raises(ValueError, match="must be filled in"):
            await server.interactions.submit_modal(opened, {})
        sent = await server.interactions.submit_modal(opened, {"name": "Abel", "form": ["online"]})
        assert (sent.type, answer.content) == (7, "Abel, online")


class TestCommands:
    @pytest.mark.parametrize(
        ("wrong", "place"),
        [
            ({"name": "Next"}, "name"),
            ({"name": "x" * 33}, "name"),
            ({"name": "next!"}, "name"),
            ({"description": ""}, "description"),
            ({"description": "x" * 101}, "description"),
            ({"name_localizations": {"jp": "次"}}, "name_localizations"),
            ({"description_localizations": {"ja": "あ" * 101}}, "description_localizations"),
            ({"options": [{"type": 3, "name": f"o{n}", "description": "x"} for n in range(26)]}, "options"),
            (
                {
                    "options": [
                        {"type": 3, "name": "a", "description": "x"},
                        {"type": 3, "name": "b", "description": "x", "required": True},
                    ]
                },
                "options",
            ),
            (
                {
                    "options": [
                        {
                            "type": 3,
                            "name": "a",
                            "description": "x",
                            "choices": [{"name": str(n), "value": str(n)} for n in range(26)],
                        }
                    ]
                },
                "options",
            ),
        ],
    )
    async def test_what_discord_would_not_register(
        self, server: DiscordStandIn, bot: Bot, wrong: dict[str, Any], place: str
    ) -> None:
        before = server.commands
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.bulk_upsert_global_commands(
                server.application_id,
                [{"name": "next", "description": "x", "type": 1, **wrong}],
            )
        assert refused.value.code == 50035
        assert f"0.{place}" in refused.value.text
        assert server.commands == before

    async def test_registering_keeps_ids_and_replaces_the_rest(self, server: DiscordStandIn, bot: Bot) -> None:
        ids = {command["name"]: command["id"] for command in server.commands}
        assert set(ids) == {"echo", "slow", "think", "raw", "who", "lecture", "admin"}
        bot.tree.remove_command("slow")
        synced = await bot.tree.sync()
        assert {command.name: str(command.id) for command in synced} == {k: v for k, v in ids.items() if k != "slow"}
        assert await bot.tree.fetch_commands() == synced

    async def test_a_name_may_be_in_any_script(self, server: DiscordStandIn) -> None:
        [kept] = server.register([{"name": "講義", "description": "x", "name_localizations": {"th": "ครั้งที่"}}])
        assert kept["name"] == "講義"

    def test_the_locales_are_those_of_discord(self) -> None:
        assert {locale.value for locale in discord.Locale} == LOCALES


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [{"type": 1, "components": list(components)}]}


def button(**parts: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x", **parts}


def link(url: str, **parts: Any) -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": "x", "url": url, **parts}


def select(count: int = 1, **parts: Any) -> dict[str, Any]:
    options = [{"label": "x", "value": str(number), **parts} for number in range(count)]
    return {"type": 3, "custom_id": "s", "options": options}


class TestForms:
    @pytest.mark.parametrize(
        ("body", "place"),
        [
            ({"content": "x" * 2001}, "content"),
            (embed(title="x" * 257), "embeds.0.title"),
            (embed(description="x" * 4097), "embeds.0.description"),
            (embed(author={"name": "x" * 257}), "embeds.0.author.name"),
            (embed(footer={"text": "x" * 2049}), "embeds.0.footer.text"),
            (embed(fields=[{"name": "", "value": "x"}]), "embeds.0.fields.0.name"),
            (embed(fields=[{"name": "x", "value": " "}]), "embeds.0.fields.0.value"),
            (embed(fields=[{"name": "x" * 257, "value": "x"}]), "embeds.0.fields.0.name"),
            (embed(fields=[{"name": "x", "value": "x" * 1025}]), "embeds.0.fields.0.value"),
            (embed(fields=[{"name": "x", "value": "x"}] * 26), "embeds.0.fields"),
            (embed(title="x", url="example.org"), "embeds.0.url"),
            (embed(title="x", timestamp="tomorrow"), "embeds.0.timestamp"),
            ({"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]}, "embeds"),
            ({"embeds": [{"title": "x"}] * 11}, "embeds"),
            ({"content": "x", "components": [row(button())["components"][0]] * 6}, "components"),
            (row(*(button(custom_id=str(number)) for number in range(6))), "components.0.components"),
            (row(button(label="x" * 81)), "components.0.components.0.label"),
            (row(button(custom_id="x" * 101)), "components.0.components.0.custom_id"),
            (row(button(custom_id="")), "components.0.components.0.custom_id"),
            (row(button(), button()), "components.0.components.1.custom_id"),
            (row(button(url="https://example.org/")), "components.0.components.0.url"),
            (row(link("ftp://example.org/")), "components.0.components.0.url"),
            (row(link("https://example.org/" + "x" * 500)), "components.0.components.0.url"),
            (row(link("https://example.org/", custom_id="x")), "components.0.components.0"),
            (row(select(26)), "components.0.components.0.options"),
            (row(select(0)), "components.0.components.0.options"),
            (row(select(label="x" * 101)), "components.0.components.0.options.0.label"),
            (row(select(value="")), "components.0.components.0.options.0.value"),
            (row(select(2, value="same")), "components.0.components.0.options.1.value"),
            (row(select(description="x" * 101)), "components.0.components.0.options.0.description"),
            (row(select(), button()), "components.0.components"),
            ({"content": "x", "components": [button()]}, "components.0.type"),
            ({"content": "x", "nonce": "x" * 26}, "nonce"),
            ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "allowed_mentions"),
            ({"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}, "content"),
            ({"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 2001}] * 2}, "components"),
        ],
    )
    async def test_what_discord_would_not_take(
        self, server: DiscordStandIn, bot: Bot, body: dict[str, Any], place: str
    ) -> None:
        with pytest.raises(discord.HTTPException) as refused:
            await post(bot, server, body)
        assert (refused.value.status, refused.value.code) == (400, 50035)
        assert place in {line.split(":")[0].removeprefix("In ") for line in refused.value.text.splitlines()}
        assert server.channel.messages == []

    @pytest.mark.parametrize("body", [{}, {"content": "  "}, {"content": None, "embeds": []}, {"embeds": [{}]}])
    async def test_an_empty_message(self, server: DiscordStandIn, bot: Bot, body: dict[str, Any]) -> None:
        with pytest.raises(discord.HTTPException) as refused:
            await post(bot, server, body)
        assert refused.value.code == 50006

    async def test_what_just_fits(self, server: DiscordStandIn, bot: Bot) -> None:
        fields = [{"name": "n" * 100, "value": "v" * 20}] * 25
        body = {
            "content": "c" * 2000,
            "embeds": [{"title": "t" * 256, "fields": fields}, {"description": "d" * 2744}],
            "components": [
                {
                    "type": 1,
                    "components": [button(label="l" * 80, custom_id=f"{n}{m}".ljust(100, "x")) for m in range(5)],
                }
                for n in range(4)
            ]
            + [{"type": 1, "components": [select(25)]}],
            "nonce": "n" * 25,
        }
        await post(bot, server, body)
        [message] = server.channel.messages
        assert (message.content, message.components) == (body["content"], body["components"])

    async def test_an_edit_must_leave_something(self, server: DiscordStandIn, bot: Bot) -> None:
        message = await channel_of(bot, server).send("x")
        with pytest.raises(discord.HTTPException) as refused:
            await message.edit(content="")
        assert refused.value.code == 50006
        await message.edit(content=None, embed=discord.Embed(title="instead"))
        stored = server.channel.messages[0]
        assert (stored.content, stored.embeds[0]["title"], stored.earlier[0]["content"]) == ("", "instead", "x")


class TestMessages:
    async def test_files(self, server: DiscordStandIn, bot: Bot) -> None:
        sent = await channel_of(bot, server).send(
            "here", file=discord.File(BytesIO(b"data"), "a.txt", description="about")
        )
        [message] = server.channel.messages
        assert (message.content, [file.data for file in message.files.values()]) == ("here", [b"data"])
        assert [(each.filename, each.size, each.description) for each in sent.attachments] == [("a.txt", 4, "about")]
        await sent.edit(attachments=[])
        assert message.attachments == []

    async def test_the_same_nonce_gives_the_first_message_back(self, server: DiscordStandIn, bot: Bot) -> None:
        channel = channel_of(bot, server)
        first, second = await channel.send("a", nonce="key"), await channel.send("b", nonce="key")
        other = await channel.send("c", nonce="other")
        assert (first.id, first.nonce) == (second.id, "key")
        assert [message.content for message in server.channel.messages] == ["a", "c"]
        server.nonce_window = -1
        assert (await channel.send("d", nonce="key")).id > other.id

    async def test_history_is_newest_first_and_tells_no_nonce(self, server: DiscordStandIn, bot: Bot) -> None:
        server.limits.off()
        channel = channel_of(bot, server)
        sent = [await channel.send(str(number), nonce=f"n{number}") for number in range(4)]

        async def history(**bounds: Any) -> list[str]:
            return [message.content async for message in channel.history(**bounds)]

        assert await history() == ["3", "2", "1", "0"]
        assert await history(limit=2) == ["3", "2"]
        assert await history(before=sent[2]) == ["1", "0"]
        assert await history(after=sent[1]) == ["2", "3"]
        assert await history(around=sent[1], limit=3) == ["2", "1", "0"]
        assert [message.nonce async for message in channel.history()] == [None] * 4

    async def test_without_the_right_to_read_it_the_history_is_empty(self, server: DiscordStandIn, bot: Bot) -> None:
        channel = channel_of(bot, server)
        sent = await channel.send("x")
        server.deny(server.channel, Right.READ_MESSAGE_HISTORY)
        assert [message async for message in channel.history()] == []
        with pytest.raises(discord.Forbidden):
            await channel.fetch_message(sent.id)
        server.allow(server.channel, Right.READ_MESSAGE_HISTORY)
        assert (await channel.fetch_message(sent.id)).content == "x"

    @pytest.mark.parametrize(
        ("denied", "code"),
        [(Right.VIEW_CHANNEL, 50001), (Right.SEND_MESSAGES, 50013), (Right.EMBED_LINKS, 50013)],
    )
    async def test_missing_rights(self, server: DiscordStandIn, bot: Bot, denied: Right, code: int) -> None:
        server.deny(server.channel, denied)
        with pytest.raises(discord.Forbidden) as refused:
            await channel_of(bot, server).send(embed=discord.Embed(title="x"))
        assert refused.value.code == code

    async def test_what_is_not_there(self, server: DiscordStandIn, bot: Bot) -> None:
        channel = channel_of(bot, server)
        sent = await channel.send("x")
        await sent.delete()
        with pytest.raises(discord.NotFound) as refused:
            await sent.edit(content="y")
        assert refused.value.code == 10008
        server.delete_channel(server.channel)
        with pytest.raises(discord.NotFound) as refused:
            await channel.send("x")
        assert refused.value.code == 10003

    async def test_others_messages(self, server: DiscordStandIn, bot: Bot) -> None:
        said = server.say(server.user, "mine")
        message = channel_of(bot, server).get_partial_message(said.id)
        with pytest.raises(discord.Forbidden) as refused:
            await message.edit(content="yours")
        assert refused.value.code == 50005
        server.deny(server.channel, Right.MANAGE_MESSAGES)
        with pytest.raises(discord.Forbidden):
            await message.delete()
        server.allow(server.channel, Right.MANAGE_MESSAGES)
        await message.delete()
        assert server.channel.deleted == [said]

    async def test_direct_messages(self, server: DiscordStandIn, bot: Bot) -> None:
        user = await bot.fetch_user(server.user.id)
        await user.send("hello")
        assert [message.content for message in server.dm(server.user).messages] == ["hello"]
        server.user.accepts_dms = False
        with pytest.raises(discord.Forbidden) as refused:
            await user.send("again")
        assert refused.value.code == 50007


class TestMentions:
    @pytest.mark.parametrize(
        ("allowed", "expected"),
        [
            (None, (True, True, True)),
            ({"parse": []}, (False, False, False)),
            ({"parse": ["users"]}, (False, False, True)),
            ({"parse": ["everyone", "roles"]}, (True, True, False)),
        ],
    )
    async def test_pings(
        self, server: DiscordStandIn, bot: Bot, allowed: dict[str, Any] | None, expected: tuple[bool, bool, bool]
    ) -> None:
        role = server.add_role("audience")
        text = f"@everyone {role.mention} {server.user.mention} <@&1> <@1>"
        await post(bot, server, {"content": text, **({"allowed_mentions": allowed} if allowed else {})})
        everyone, roles, users = expected
        pinged = server.channel.messages[0].pinged
        wanted = Pinged(everyone, frozenset([role.id] * roles), frozenset([server.user.id] * users))
        assert pinged == wanted
        assert bool(server.pinged) is any(expected)

    async def test_only_the_listed_role(self, server: DiscordStandIn, bot: Bot) -> None:
        one, other = server.add_role("one", mentionable=True), server.add_role("other", mentionable=True)
        allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(one.id)])
        await channel_of(bot, server).send(f"@here {one.mention} {other.mention}", allowed_mentions=allowed)
        assert server.channel.messages[0].pinged == Pinged(roles=frozenset([one.id]))

    async def test_without_the_right_only_mentionable_roles(self, server: DiscordStandIn, bot: Bot) -> None:
        one, other = server.add_role("one", mentionable=True), server.add_role("other")
        server.deny(server.channel, Right.MENTION_EVERYONE)
        await channel_of(bot, server).send(f"@everyone {one.mention} {other.mention}")
        assert server.channel.messages[0].pinged == Pinged(roles=frozenset([one.id]))

    async def test_embeds_never_ping_but_edits_do(self, server: DiscordStandIn, bot: Bot) -> None:
        message = await channel_of(bot, server).send(embed=discord.Embed(description="@everyone"))
        assert not server.channel.messages[0].pinged
        await message.edit(content="@everyone")
        assert server.channel.messages[0].pinged == Pinged(everyone=True)

    async def test_a_reply_pings_its_author(self, server: DiscordStandIn, bot: Bot) -> None:
        original = server.say(server.user, "question")
        reference = channel_of(bot, server).get_partial_message(original.id)
        await channel_of(bot, server).send("answer", reference=reference, mention_author=False)
        await channel_of(bot, server).send("answer", reference=reference, mention_author=True)
        silent, loud = server.channel.messages[1:]
        assert (silent.pinged, loud.pinged) == (Pinged(), Pinged(users=frozenset([server.user.id])))


class TestFaults:
    async def test_a_passing_error_is_retried_by_discord_py(self, server: DiscordStandIn, bot: Bot) -> None:
        fault = server.faults.add("POST", r"/channels/\d+/messages$", TooMany(0.01), times=2)
        await channel_of(bot, server).send("x")
        assert fault.used == 2
        assert [call.status for call in server.calls_of("POST", "/messages")] == [429, 429, 200]
        assert len(server.channel.messages) == 1

    async def test_a_limit_without_via_is_taken_for_a_ban(self, server: DiscordStandIn, bot: Bot) -> None:
        server.faults.add("POST", "messages", TooMany(via=False))
        with pytest.raises(discord.HTTPException, match="429"):
            await channel_of(bot, server).send("x")

    async def test_a_refusal_of_the_tests_making(self, server: DiscordStandIn, bot: Bot) -> None:
        server.faults.add("POST", "messages", Refuse(403, 160005, "Thread is locked"))
        with pytest.raises(discord.Forbidden, match="160005"):
            await channel_of(bot, server).send("x")

    async def test_503_is_not_retried(self, server: DiscordStandIn, bot: Bot) -> None:
        server.faults.add("*", "messages", Status(503))
        with pytest.raises(discord.DiscordServerError):
            await channel_of(bot, server).send("x")
        assert server.channel.messages == []

    @pytest.mark.parametrize(
        ("action", "error", "applied"),
        [
            (Drop(), aiohttp.ServerDisconnectedError, 0),
            (Drop(reset=True), ConnectionResetError, 0),
            (LoseAnswer(), aiohttp.ServerDisconnectedError, 1),
            (LoseAnswer(reset=True), ConnectionResetError, 1),
            (Status(503, applied=True), discord.DiscordServerError, 1),
        ],
    )
    async def test_broken_connections(
        self, server: DiscordStandIn, bot: Bot, action: Any, error: type[Exception], applied: int
    ) -> None:
        server.faults.add("POST", "messages", action)
        with pytest.raises((error, aiohttp.ClientOSError)):
            await channel_of(bot, server).send("x")
        assert len(server.channel.messages) == applied

    async def test_a_delayed_request_is_applied_though_nobody_waits_for_it(
        self, server: DiscordStandIn, bot: Bot
    ) -> None:
        server.faults.add("POST", "messages", Delay(0.15))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await channel_of(bot, server).send("late")
        assert server.channel.messages == []
        await asyncio.sleep(0.2)
        assert [message.content for message in server.channel.messages] == ["late"]

    async def test_a_held_request_waits_for_the_test(self, server: DiscordStandIn, bot: Bot) -> None:
        await channel_of(bot, server).send("before")  # until it knows the limit, discord.py sends one by one
        hold = Hold()
        server.faults.add("POST", "messages", hold, only_if=lambda body: body.get("content") == "held")
        sending = asyncio.create_task(channel_of(bot, server).send("held"))
        await hold.arrived.wait()
        await channel_of(bot, server).send("meanwhile")
        hold.release()
        await sending
        assert [message.content for message in server.channel.messages] == ["before", "meanwhile", "held"]


class TestLimits:
    async def test_the_sixth_post_waits(self, server: DiscordStandIn, bot: Bot) -> None:
        server.limits.per_bucket = (5, 0.4)
        began = asyncio.get_running_loop().time()
        for number in range(6):
            await channel_of(bot, server).send(str(number))
        assert asyncio.get_running_loop().time() - began >= 0.4
        assert server.limits.hits == 0

    async def test_who_does_not_wait_is_refused(self, server: DiscordStandIn) -> None:
        headers = {"Authorization": f"Bot {server.token}"}
        url = f"{server.api_url}/channels/{server.channel.id}/messages"
        async with aiohttp.ClientSession(headers=headers) as session:
            for left in (4, 3, 2, 1, 0):
                async with session.post(url, json={"content": "x"}) as answer:
                    assert answer.headers["X-RateLimit-Remaining"] == str(left)
                    assert answer.headers["Content-Type"] == "application/json"
            async with session.post(url, json={"content": "x"}) as answer:
                body = await answer.json()
        assert (answer.status, answer.headers["Via"]) == (429, "1.1 google")
        assert body["message"] == "You are being rate limited."
        assert 0 < body["retry_after"] <= 5
        assert body["global"] is False
        assert len(server.channel.messages) == 5

    async def test_all_requests_together_are_limited(self, server: DiscordStandIn, bot: Bot) -> None:
        server.limits.per_bucket, server.limits.per_second = None, 3
        await asyncio.gather(*(channel_of(bot, server).send("x") for _ in range(4)))
        assert server.limits.hits > 0
        assert len(server.channel.messages) == 4

    async def test_too_many_invalid_requests_ban_the_address(self, server: DiscordStandIn, bot: Bot) -> None:
        server.limits.off()
        server.limits.ban_after = 3
        server.deny(server.channel, Right.SEND_MESSAGES)
        for _ in range(3):
            with pytest.raises(discord.Forbidden):
                await channel_of(bot, server).send("x")
        with pytest.raises(discord.HTTPException, match="1015"):
            await bot.application_info()


async def test_a_route_that_is_unknown_is_refused_and_remembered() -> None:
    async with DiscordStandIn(strict=False) as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.api_url}/nothing") as answer:
            assert (answer.status, await answer.json()) == (404, {"message": "404: Not Found", "code": 0})
        assert server.unknown_routes == ["GET /nothing"]


async def test_a_clock_of_the_test_dates_messages_and_ends_tokens(server: DiscordStandIn, start: Starter) -> None:
    now = 1_720_000_000.0
    server.clock = lambda: now
    async with start() as bot:
        answer = await server.interactions.command("echo", {"words": "x"})
        now += 15 * 60 + 1
        followup = discord.Webhook.partial(server.application_id, answer.interaction.token, client=bot)
        with pytest.raises(discord.HTTPException) as refused:
            await followup.send("too late")
    assert answer.message["timestamp"] == "2024-07-03T09:46:40+00:00"
    assert refused.value.code == 50027


async def test_it_runs_on_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.standins.discord", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(2)]
        settings = dict(line.split("=", 1) for line in lines)
        headers = {"Authorization": f"Bot {settings['DISCORD_TOKEN']}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"{settings['DISCORD_API_URL']}/users/@me") as answer,
        ):
            assert (answer.status, (await answer.json())["username"]) == (200, "lecturebot")
    finally:
        process.terminate()
        await process.communicate()
