"""Interactions answered by the router, each at once and in one go."""

import asyncio
import traceback
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import discord
import structlog
from cachetools import LRUCache
from discord.app_commands import Choice

from bot.commands.context import Reply
from bot.commands.parser import Request, UnknownCommandError, User, parse
from bot.commands.registry import Parameter
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.message import Card
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import phrases
from bot.platforms.discord import limits
from bot.platforms.discord.components import CHOOSE, SHARE, form_line, form_values, line_of, marker_of, modal
from bot.platforms.discord.markup import plain
from bot.platforms.discord.mentions import NO_COMMANDS, CommandMentions
from bot.platforms.discord.rendering import NO_MENTIONS, Rendered, rendered, with_event_links

Interaction = discord.Interaction[Any]
_Key = tuple[int, Language, int | None, bool]

_log: Final = structlog.get_logger(__name__)

_MOST_RENDERED: Final = 512
_DEFER_AFTER = 1.5
"""Seconds that a command may take before Discord is told that it takes longer; it waits for three."""
_NO_VALUES: Final[Mapping[str, str]] = MappingProxyType({})
_TOO_LATE = frozenset({10062, 40060})
"""Discord's codes for an interaction that has expired or was answered before."""


class Interactions:
    """Answers commands, presses of buttons and menus, and completions.

    What a reader asks for is shown to that reader alone, in the reader's language; in a direct message there is nobody
    else. No answer waits for anything but the sending itself. `events` are the addresses of a server's events, by
    lecture.
    """

    def __init__(self, router: CommandRouter, events: Callable[[str], Mapping[str, str]] = lambda server: {}) -> None:
        self._router: Final = router
        self._cache: Final[LRUCache[_Key, tuple[Reply, Mapping[str, str], Rendered]]] = LRUCache(_MOST_RENDERED)
        self.mentions = NO_COMMANDS
        self._events: Final = events
        self._under_way: Final[set[asyncio.Task[Any] | None]] = set()

    @property
    def series(self) -> Series:
        """The series in service."""
        return self._router.series

    async def command(self, interaction: Interaction, line: str) -> None:
        """Answers the command line that a slash command stands for."""
        await self._guarded(interaction, self._send(interaction, line))

    async def component(self, interaction: Interaction) -> None:
        """Answers a button or menu of any message, also of one from before a restart."""
        await self._guarded(interaction, self._use_component(interaction))

    async def modal_submit(self, interaction: Interaction) -> None:
        """Answers a form that comes back, also one from before a restart."""
        data: Any = interaction.data
        line = form_line(str(data["custom_id"]))
        if line is None:
            await self.outdated(interaction)
        else:
            values = form_values(data)
            await self._guarded(
                interaction, self._execute(interaction, line, values, in_place=self._decides(interaction))
            )

    def completions(self, interaction: Interaction, parameter: Parameter, typed: str) -> list[Choice[str]]:
        """What `typed` may become as a value of a parameter; nothing, with a line in the log, if that fails."""
        filled = {name: str(value) for name, value in interaction.namespace if name != parameter.name}
        try:
            options = self._router.completions(
                parameter, typed, filled, self._language(interaction), limits.SUGGESTIONS
            )
        except Exception as error:
            _log.error("discord.no_suggestions", **_described(error))
            return []
        return [
            Choice(name=plain(option.label, limits.SUGGESTION_NAME) or option.line, value=option.line)
            for option in options
            if 0 < len(option.line) <= limits.SUGGESTION_VALUE
        ]

    async def channels_gone(self, names: Mapping[Address, str]) -> None:
        """Takes note of channels that were deleted, or are in a server that the bot was removed from."""
        await self._router.channels_gone(names)

    async def joined(self, guilds: Iterable[int]) -> None:
        """Takes note of all servers that the bot is in, in the order in which it joined them."""
        await self._router.joined("discord", [Address("discord", AddressKind.COMMUNITY, str(each)) for each in guilds])

    async def role_gone(self, role: discord.Role) -> None:
        """Takes note of a role that was deleted."""
        await self._router.group_gone(Address("discord", AddressKind.ROLE, str(role.id)), f"@{role.name}")

    def registered(self, commands: Iterable[Mapping[str, Any]]) -> None:
        """Takes note of the commands as Discord lists them: from now on they are mentioned by their ids."""
        self.mentions = CommandMentions(commands)
        self._cache.clear()

    async def outdated(self, interaction: Interaction) -> None:
        """Answers what no longer exists: a command of an earlier version, a button nobody knows."""
        await self._guarded(interaction, self._send_phrase(interaction, "discord.outdated"))

    async def finished(self, seconds: float) -> None:
        """Waits until the answers under way are given, at most so long."""
        tasks = [task for task in self._under_way if task and task is not asyncio.current_task()]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    async def _guarded(self, interaction: Interaction, answering: Coroutine[Any, Any, None]) -> None:
        """Awaits `answering`; an error goes to the log and to the reader as an apology."""
        task = asyncio.current_task()
        self._under_way.add(task)
        try:
            await answering
        except Exception as error:
            await self._apologize(interaction, error)
        finally:
            self._under_way.discard(task)

    async def _use_component(self, interaction: Interaction) -> None:
        data: Any = interaction.data
        custom_id = str(data["custom_id"])
        if (line := line_of(custom_id)) is not None:
            await self._send(interaction, line, in_place=_turns_page(line) or self._decides(interaction))
        elif custom_id.startswith(CHOOSE) and data.get("values"):
            await self._send(interaction, data["values"][0], in_place=_is_question(interaction.message))
        elif custom_id.startswith(SHARE):
            await self._share(interaction, custom_id.removeprefix(SHARE))
        else:
            await self._send_phrase(interaction, "discord.outdated")

    def _decides(self, interaction: Interaction) -> bool:
        """Whether all that can be pressed in the message at hand changes something: a draft, a question, switches.

        Its answer takes its place, so that no button stays that was pressed already. A post stays as it is.
        """
        pressable = [*_custom_ids(interaction.message.components)] if interaction.message else []
        lines = [line_of(each) for each in pressable if marker_of(each) is None]
        return len(lines) == len(pressable) > 0 and all(line and self._router.acts(line) for line in lines)

    async def _send(self, interaction: Interaction, line: str, *, in_place: bool = False) -> None:
        """Answers a command line; `in_place`, if the message at hand is the reader's own, by replacing it."""
        direct = _is_direct(interaction)
        language = self._language(interaction)
        if self._router.acts(line):
            await self._execute(interaction, line, in_place=in_place)
            return
        reply = self._router.answer(Request(line, language))
        answer = self._rendered(reply, language, interaction.guild_id, private=not direct)
        await _give(interaction, answer, in_place=in_place)

    async def _execute(
        self, interaction: Interaction, line: str, values: Mapping[str, str] = _NO_VALUES, *, in_place: bool = False
    ) -> None:
        """Does what a command line asks for; what takes longer than Discord waits is answered when it is done.

        A form can only be the first answer, and not the one to a form: else a button of the answer opens it.
        """
        language, direct = self._language(interaction), _is_direct(interaction)
        request = Request(line, language, user=self._user(interaction), values=values)
        execution = asyncio.ensure_future(self._router.execute(request))
        await asyncio.wait({execution}, timeout=_DEFER_AFTER)
        own = in_place and _is_own(interaction)
        if execution.done():
            reply = execution.result()
            form = modal(reply.form, language) if reply.form and not values else None
            if form:
                await interaction.response.send_modal(form)
                return
            await _give(interaction, self._fitting(interaction, reply, language, in_place=own), in_place=own)
            return
        if own:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=not direct, thinking=True)
        answer = self._fitting(interaction, await execution, language, in_place=own)
        await interaction.edit_original_response(**answer.edit_arguments)

    def _fitting(self, interaction: Interaction, reply: Reply, language: Language, *, in_place: bool) -> Rendered:
        """The answer; in the newer components where it takes the place of a message that has them, which never loses
        them."""
        newer = in_place and interaction.message is not None and interaction.message.flags.components_v2
        private = not _is_direct(interaction)
        return rendered(reply, language, private=private, newer=newer, mentions=self.mentions)

    def _user(self, interaction: Interaction) -> User:
        """Who asks, as Discord vouches for it with each interaction."""
        rights, user, guild = interaction.permissions, interaction.user, interaction.guild_id
        here = None if guild is None else Address("discord", AddressKind.CHANNEL, str(interaction.channel_id))
        roles = user.roles if isinstance(user, discord.Member) else ()
        manages = here is not None and (rights.administrator or rights.manage_guild)
        return User(
            Address("discord", AddressKind.USER, str(user.id)),
            here,
            None if guild is None else Address("discord", AddressKind.COMMUNITY, str(guild)),
            manages_channel=manages or (here is not None and rights.manage_channels),
            manages_community=manages,
            groups=frozenset(str(role.id) for role in roles if not role.is_default()),
            name=user.display_name,
        )

    async def _share(self, interaction: Interaction, line: str) -> None:
        if not _may_post(interaction):
            await self._send_phrase(interaction, "discord.may_not_post")
            return
        here = Address("discord", AddressKind.CHANNEL, str(interaction.channel_id))
        language = await self._router.language_in(here)
        reply = self._router.answer(Request(line, language))
        if reply.line is None:  # no answer to show, such as to a button from an earlier version
            await self._send(interaction, line)
            return
        answer = self._rendered(reply, language, interaction.guild_id, private=False)
        sent = await interaction.response.send_message(**answer.create_arguments)
        if sent.message_id:
            await self._router.record_shared(here, str(sent.message_id), reply, language)

    def _rendered(self, reply: Reply, language: Language, server: int | None, *, private: bool) -> Rendered:
        """The answer as a message, made once for each Reply that the router keeps giving, and for the server's events
        as they are."""
        key = (id(reply), language, server, private)
        events = self._events_of(reply, server)
        cached = self._cache.get(key)
        if cached and cached[0] is reply and cached[1] == events:  # and no later one with its id
            return cached[2]
        linked = with_event_links(reply, events, language)
        made = rendered(linked, language, private=private, mentions=self.mentions)
        self._cache[key] = (reply, events, made)
        return made

    def _events_of(self, reply: Reply, server: int | None) -> Mapping[str, str]:
        """The events that the answer's cards can lead to."""
        shows_lecture = any(isinstance(each, Card) and each.lecture for each in reply.parts)
        return self._events(str(server)) if server and shows_lecture else {}

    async def _apologize(self, interaction: Interaction, error: Exception) -> None:
        if isinstance(error, discord.HTTPException) and error.code in _TOO_LATE:
            _log.info("discord.too_late", code=error.code)
            return
        _log.error("discord.unanswered", **_described(error))
        if isinstance(error, discord.DiscordServerError) or interaction.response.is_done():
            return
        try:
            await self._send_phrase(interaction, "discord.failed")
        except Exception as second:
            _log.info("discord.no_apology", **_described(second))

    def _language(self, interaction: Interaction) -> Language:
        return self._router.language_for(interaction.locale.value)

    async def _send_phrase(self, interaction: Interaction, name: str) -> None:
        sentence = self.mentions.in_text(phrases(self._language(interaction))(name), limits.CONTENT)
        await interaction.response.send_message(
            sentence, ephemeral=not _is_direct(interaction), allowed_mentions=NO_MENTIONS
        )


def _is_direct(interaction: Interaction) -> bool:
    """Whether it comes from a direct message to the bot, where nobody else reads along."""
    return interaction.guild_id is None


def _is_ephemeral(message: discord.Message | None) -> bool:
    return message is not None and message.flags.ephemeral


def _is_own(interaction: Interaction) -> bool:
    """Whether nobody but the reader sees the message at hand."""
    return interaction.message is not None and (_is_direct(interaction) or _is_ephemeral(interaction.message))


async def _give(interaction: Interaction, answer: Rendered, *, in_place: bool) -> None:
    """Sends an answer; `in_place`, if the message at hand is the reader's own and can become it, by replacing that."""
    message = interaction.message
    if in_place and message and _is_own(interaction) and (answer.is_newer or not message.flags.components_v2):
        await interaction.response.edit_message(**answer.edit_arguments)
    else:
        await interaction.response.send_message(ephemeral=not _is_direct(interaction), **answer.create_arguments)


def _custom_ids(components: Iterable[Any]) -> Iterator[str]:
    """The custom ids of all controls of a message."""
    for each in components:
        if custom_id := getattr(each, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(each, "children", ()))


def _is_question(message: discord.Message | None) -> bool:
    """Whether the message only asks which is meant: its answer takes its place. A list to choose from stays."""
    return message is not None and not message.embeds and not message.flags.components_v2


def _turns_page(line: str) -> bool:
    try:
        return "page" in parse(line).settings
    except UnknownCommandError:
        return False


def _may_post(interaction: Interaction) -> bool:
    """Whether the person who asks could write here without the bot; rights that Discord doesn't tell count as given."""
    rights = interaction.permissions
    if isinstance(interaction.channel, discord.Thread):
        return not rights.value or rights.send_messages_in_threads
    return not rights.value or rights.send_messages


def _described(error: Exception) -> dict[str, object]:
    """What an error is and where it arose, without its text, which could hold an interaction's token."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    described: dict[str, object] = {"error": type(error).__name__, "at": place}
    if isinstance(error, discord.HTTPException):
        described |= {"status": error.status, "code": error.code}
    return described
