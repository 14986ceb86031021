"""Posts in channels and direct messages on Discord, each request sent once and its outcome told as it is."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import discord
from discord.abc import GuildChannel
from discord.http import MultipartParameters, Route, handle_message_parameters

from bot.announcements import poster
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown, Unreadable
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.discord.client import Client
from bot.platforms.discord.components import marker_of
from bot.platforms.discord.events import DiscordEvents
from bot.platforms.discord.http import UNKNOWN_MESSAGE, Answer, ClockSkew, Exchange, Payload, code, detail, failure
from bot.platforms.discord.rendering import NO_MENTIONS, rendered

HISTORY_PAGE: Final = 100
"""Messages of one answer at most; a shorter one is the last."""

_CLOCKS: Final = timedelta(minutes=2)
"""How far this machine's clock may have been ahead of Discord's without anybody having noticed."""
_RECENT: Final = timedelta(minutes=15)
"""So much of the past is read in any case: a clock that was wrong and has been put right is found out so."""


def history_start(since: datetime, skew: float | None) -> int:
    """The id after which messages are not older than `since`, whatever clock that was read from."""
    now = datetime.now(UTC) + timedelta(seconds=skew or 0.0)
    earliest = min(since + timedelta(seconds=min(skew or 0.0, 0.0)), now - _RECENT) - _CLOCKS
    return discord.utils.time_snowflake(earliest)


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A message of the history, and the markers in its buttons."""

    id: int
    author: int
    markers: frozenset[str]


def history_page(body: Any) -> list[PastMessage]:
    """The messages in Discord's answer; KeyError, TypeError or ValueError if it has another form."""
    if not isinstance(body, list):
        raise TypeError("no list")
    return [
        PastMessage(int(each["id"]), int(each["author"]["id"]), frozenset(_markers(each.get("components") or [])))
        for each in (dict(one) for one in body)
    ]


def _markers(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if marker := marker_of(str(component.get("custom_id", ""))):
            yield marker
        yield from _markers(component.get("components") or [])


def permissions(client: discord.Client, address: Address) -> discord.Permissions | None:
    """The bot's rights in a server's channel or thread; None if the client doesn't know it, or isn't informed yet."""
    channel = client.get_channel(int(address.id))
    if not isinstance(channel, GuildChannel | discord.Thread) or not client.user:
        return None
    me = channel.guild.get_member(client.user.id)
    if me is None:  # the server is out of order
        return None
    try:
        rights = channel.permissions_for(me)
    except discord.ClientException:  # a thread whose channel is hidden
        return None
    if isinstance(channel, discord.Thread):
        rights.send_messages = rights.send_messages_in_threads
    return rights


def missing_rights(rights: discord.Permissions) -> tuple[str, ...]:
    """The names of what is lacking for posts; what a missing right takes away with it is not named again."""
    if not rights.read_messages:
        return ("rights.discord.view",)
    sending = (
        (rights.send_messages, "rights.discord.send"),
        (rights.embed_links or not rights.send_messages, "rights.discord.embed"),
        (rights.read_message_history, "rights.discord.history"),
    )
    return tuple(name for given, name in sending if not given)


def pingable(client: discord.Client, address: Address, role_id: str) -> bool:
    """Whether a role exists where the channel is, and isn't everybody's."""
    channel = client.get_channel(int(address.id))
    if not isinstance(channel, GuildChannel | discord.Thread) or not role_id.isdecimal():
        return False
    role = channel.guild.get_role(int(role_id))
    return role is not None and not role.is_default()


_LIMIT: Final = poster.LIMIT - 0.5
"""Seconds for a call: a little less than the caller gives, so that what is known of the outcome is told."""
_MOST_PAGES: Final = 10
_OFFLINE: Final = "not connected"
_NOWHERE: Final = Refused(Refusal.GONE, "no channel and no person")
_DELETED: Final = Posted("0")
"""A message that was there and has been deleted: an id that no message has."""


class DiscordPoster:
    """Posts while the client is connected; `client` is the present one, if any."""

    platform: Final = "discord"

    def __init__(self, client: Callable[[], Client | None], skew: ClockSkew) -> None:
        self._latest: Final = client
        self._skew: Final = skew
        self._exchange: Final = Exchange(skew)
        self.events: Final = DiscordEvents(lambda: self._client, self._exchange)
        """The scheduled events of servers, within the same rates."""
        self._conversations: Final[dict[str, str]] = {}
        """The channels of direct messages, by the person's id."""

    @property
    def ready(self) -> bool:
        """Whether the gateway is connected, without which the rights in a channel aren't known."""
        return self._client is not None

    async def turn(self, address: Address, priority: int) -> None:
        """Waits for a place in the channel's and the bot's rates, which the next post or edit there then has."""
        if self._client:
            await self._exchange.rates.reserve(_writing(address), priority)

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Sends a message that carries the marker, at most once within Discord's window for equal nonces."""
        client, until = self._client, _until()
        if client is None:
            return NotSent(_OFFLINE)
        channel = await self._channel(client, address, until)
        if not isinstance(channel, str):
            return channel
        role = ping if ping and not address.is_person and pingable(client, address, ping) else None
        with _new(message, language, marker, role) as parameters:
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
            payload = Payload(parameters.payload, parameters.multipart or ())
            answer = await self._exchange.send(client, route, _writing(address), until=until, payload=payload)
        if isinstance(answer, Answer) and code(answer) == UNKNOWN_MESSAGE:
            return _DELETED  # what Discord says to the nonce of a message that it had and that somebody deleted
        outcome = _outcome(answer, _id_in(answer))
        if isinstance(outcome, Refused) and outcome.why is Refusal.GONE:
            self._conversations.pop(address.id, None)
        return outcome

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """Puts something else in the place of a message, whose files stay; nobody is pinged by it."""
        client, until = self._client, _until()
        if client is None:
            return NotSent(_OFFLINE)
        channel = await self._channel(client, address, until)
        if not isinstance(channel, str):
            return channel
        with _instead(message, language, marker) as parameters:
            route = Route("PATCH", "/channels/{c}/messages/{m}", c=channel, m=message_id)
            payload = Payload(parameters.payload)
            answer = await self._exchange.send(client, route, _writing(address), until=until, payload=payload)
        return _outcome(answer, _id_in(answer))

    async def pin(self, address: Address, message_id: str) -> Outcome:
        """Pins a message in its channel, of which Discord itself tells there, once."""
        return await self._touched("PUT", "/channels/{channel_id}/messages/pins/{message}", address, message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """Deletes a message."""
        return await self._touched("DELETE", "/channels/{channel_id}/messages/{message}", address, message_id)

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:
        """The message with this marker, if it is in the history since then; None means: certainly not there."""
        client, until = self._client, _until()
        if client is None or client.user is None:
            return Unreadable(_OFFLINE)
        if not address.is_person:
            # Without this right Discord answers with an empty history, which would pass for a certain answer.
            rights = permissions(client, address)
            if rights is None or not rights.read_messages or not rights.read_message_history:
                return Unreadable("unknown channel" if rights is None else "no right to read the message history")
        channel = await self._channel(client, address, until)
        if not isinstance(channel, str):
            return Unreadable(channel.detail)
        self._exchange.rates.give_up(_writing(address))
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel)
        after = history_start(since, self._skew.seconds)
        for _ in range(_MOST_PAGES):
            params = {"limit": str(HISTORY_PAGE), "after": str(after)}
            answer = await self._exchange.send(client, route, f"history {channel}", until=until, params=params)
            if not isinstance(answer, Answer) or not answer.succeeded:
                return Unreadable(detail(answer))
            try:
                page = history_page(answer.body)
            except (KeyError, TypeError, ValueError):
                return Unreadable("history in an unknown form")
            if found := next((each for each in page if each.author == client.user.id and marker in each.markers), None):
                return Posted(str(found.id))
            if len(page) < HISTORY_PAGE:
                return None
            after = max(each.id for each in page)
        return Unreadable(f"more than {_MOST_PAGES * HISTORY_PAGE} messages since then")

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Names of phrases (`rights.…`) for what the bot needs there and lacks; empty if all is well or unknown."""
        client = self._client
        rights = permissions(client, address) if client and address.kind is AddressKind.CHANNEL else None
        return () if rights is None else missing_rights(rights)

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome:
        """Gives the person the role in the channel's server, or takes it away."""
        there = self._client.get_channel(int(channel.id)) if self._client else None
        guild = getattr(there, "guild", None)
        if guild is None:
            return NotSent(_OFFLINE) if self._client is None else _NOWHERE
        return await self.set_role(person.id, str(guild.id), group, member)

    async def set_role(self, user_id: str, guild_id: str, role_id: str, has: bool) -> Outcome:
        """Gives a member of a server a role or takes it away; `Posted` names the role."""
        client = self._client
        if client is None:
            return NotSent(_OFFLINE)
        path = "/guilds/{guild_id}/members/{user}/roles/{role}"
        route = Route("PUT" if has else "DELETE", path, guild_id=guild_id, user=user_id, role=role_id)
        answer = await self._exchange.send(client, route, f"roles {guild_id}", until=_until())
        return _outcome(answer, role_id)

    async def close(self) -> None:
        """Ends the connections."""
        await self._exchange.close()

    async def _touched(self, method: str, path: str, address: Address, message_id: str) -> Outcome:
        client, until = self._client, _until()
        if client is None:
            return NotSent(_OFFLINE)
        channel = await self._channel(client, address, until)
        if not isinstance(channel, str):
            return channel
        route = Route(method, path, channel_id=channel, message=message_id)
        return _outcome(await self._exchange.send(client, route, f"{method} {address}", until=until), message_id)

    @property
    def _client(self) -> Client | None:
        client = self._latest()
        return client if client and client.connected and not client.is_closed() else None

    async def _channel(self, client: Client, address: Address, until: float) -> str | Refused | NotSent:
        """The id of the channel to write to; for a person the one of direct messages, opened if need be."""
        if address.kind is AddressKind.CHANNEL:
            return address.id
        if not address.is_person:
            return _NOWHERE
        if known := self._conversations.get(address.id):
            return known
        self._exchange.rates.give_up(_writing(address))
        payload = Payload({"recipient_id": address.id})
        answer = await self._exchange.send(
            client, Route("POST", "/users/@me/channels"), "conversations", until=until, payload=payload
        )
        if channel := _id_in(answer):
            self._conversations[address.id] = channel
            return channel
        outcome = _outcome(answer, None)
        # Whether or not it was opened, nothing has been said in it yet.
        return outcome if isinstance(outcome, Refused | NotSent) else NotSent(detail(answer))


def _new(message: Message, language: Language, marker: str, role: str | None) -> MultipartParameters:
    """A message that pings this one role, if any, and whoever is named in its text not."""
    shown = rendered(message, language, private=False, marker=marker, before=f"<@&{role}> " if role else "")
    mentions = discord.AllowedMentions.none()
    if role:
        mentions.roles = [discord.Object(int(role))]
    return handle_message_parameters(**{**shown.new, "allowed_mentions": mentions, "nonce": marker})


def _instead(message: Message, language: Language, marker: str) -> MultipartParameters:
    shown = rendered(message, language, private=False, marker=marker)
    return handle_message_parameters(shown.content, embeds=shown.embeds, view=shown.view, allowed_mentions=NO_MENTIONS)


def _outcome(answer: Answer | NotSent | Unknown, message_id: str | None) -> Outcome:
    if not isinstance(answer, Answer):
        return answer
    if not answer.succeeded:
        return failure(answer)
    return Posted(message_id) if message_id else Unknown(f"{answer.status} without a message")


def _id_in(answer: Answer | NotSent | Unknown) -> str | None:
    """The id of the object that Discord answered with."""
    body: Any = answer.body if isinstance(answer, Answer) and answer.succeeded else None
    return str(body["id"]) if isinstance(body, dict) and body.get("id") else None


def _writing(address: Address) -> str:
    """The bucket of posts and edits at an address: the stricter of the two limits holds for both."""
    return f"writing {address}"


def _until() -> float:
    return asyncio.get_running_loop().time() + _LIMIT
