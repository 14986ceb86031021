"""Posts in channels and direct messages on Discord, each request sent once and its outcome told as it is."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import discord
import structlog
from cachetools import LRUCache, TTLCache
from discord.abc import GuildChannel
from discord.http import MultipartParameters, Route, handle_message_parameters

from bot.announcements import poster
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown, Unreadable
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import phrases
from bot.platforms.discord.client import Client
from bot.platforms.discord.events import DiscordEvents
from bot.platforms.discord.history import HISTORY_PAGE, history_page, history_start
from bot.platforms.discord.http import (
    ARCHIVED,
    OFFLINE,
    UNKNOWN_MESSAGE,
    RequestTrace,
    Response,
    RestClient,
    code,
    detail,
    id_in,
    outcome_of,
)
from bot.platforms.discord.markup import literal
from bot.platforms.discord.mentions import NO_COMMANDS, CommandMentions
from bot.platforms.discord.rate_limits import MESSAGES
from bot.platforms.discord.rendering import NO_MENTIONS, rendered, with_event_links
from bot.platforms.discord.rights import missing_rights, permissions, ping_trouble

_log: Final = structlog.get_logger(__name__)

_LIMIT: Final = poster.LIMIT - 0.5
"""Seconds for a call: a little less than the caller gives, so that what is known of the outcome is told."""
_MOST_PAGES: Final = 10
_MOST_CONVERSATIONS: Final = 20_000
_NOWHERE: Final = Refused(Refusal.GONE, "no channel and no person")
_FORUM: Final = Refused(Refusal.RIGHTS, "a forum takes no message: follow in one of its posts instead")
_MOST_PUBLISHED: Final = 10
_HOUR: Final = 3600.0
"""Discord publishes so many posts of a channel in so many seconds."""
_DELETED: Final = Posted("0")
"""A message that was there and has been deleted: an id that no message has."""


class DiscordPoster:
    """Posts while the client is connected; `client` gives it then, else None."""

    platform: Final = "discord"
    idempotent: Final = True
    """By the enforced nonce: within a few minutes Discord answers an equal one with the message that stands."""

    def __init__(self, client: Callable[[], Client | None], trace: RequestTrace) -> None:
        self._client: Final = client
        self._trace: Final = trace
        self._rest: Final = RestClient(client)
        self.events: Final = DiscordEvents(client, self._rest)
        """The scheduled events of servers, within the same rates."""
        self._conversations: Final[LRUCache[str, str]] = LRUCache(_MOST_CONVERSATIONS)
        """The channels of direct messages, by the person's id."""
        self._servers: Final[LRUCache[str, str]] = LRUCache(_MOST_CONVERSATIONS)
        """The servers of threads that slept, by the thread's id."""
        self._published: Final[TTLCache[str, int]] = TTLCache(_MOST_CONVERSATIONS, _HOUR)
        """How many posts were published in the last hour, by the channel's id."""

    @property
    def ready(self) -> bool:
        """Whether the gateway is connected, without which the rights in a channel aren't known."""
        return self._client() is not None

    @property
    def mentions(self) -> CommandMentions:
        """The bot's commands as posts mention them."""
        client = self._client()
        return client.mentions if client else NO_COMMANDS

    async def turn(self, address: Address, priority: int) -> None:
        """Waits for a turn in the channel's and the bot's rates, which the next post or edit there then has."""
        if self.ready:
            await self._rest.rates.reserve(_bucket(address), priority)

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Sends a message that carries the marker, at most once within Discord's window for equal nonces."""
        until = _until()
        channel = await self._channel(address, until)
        if not isinstance(channel, str):
            return channel
        if self._is_forum(address):
            return _FORUM
        if ping:
            await self._wake_if_asleep(address, until)
        role = ping if ping and not address.is_person and not self.ping_trouble(address, ping) else None
        message = with_event_links(message, self._events_at(address), language)
        with _create_parameters(message, language, marker, role, self.mentions) as parameters:
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
            response = await self._rest.send(route, _bucket(address), until=until, **_carried(parameters))
        if isinstance(response, Response) and code(response) == UNKNOWN_MESSAGE:
            return _DELETED  # what Discord says to the nonce of a message that it had and that somebody deleted
        outcome = outcome_of(response, id_in(response))
        if isinstance(outcome, Refused) and outcome.why is Refusal.GONE:
            self._conversations.pop(address.id, None)
        if isinstance(outcome, Posted) and not message.silent:
            await self._publish(address, outcome.message, until)
        return outcome

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """Puts something else in the place of a message, whose files stay; nobody is pinged by it."""
        until = _until()
        channel = await self._channel(address, until)
        if not isinstance(channel, str):
            return channel
        message = with_event_links(message, self._events_at(address), language)
        with _edit_parameters(message, language, marker, self.mentions) as parameters:
            route = Route("PATCH", "/channels/{channel_id}/messages/{m}", channel_id=channel, m=message_id)
            response = await self._awake(route, _bucket(address), address, until, json=parameters.payload)
        return outcome_of(response, id_in(response))

    async def pin(self, address: Address, message_id: str) -> Outcome:
        """Pins a message in its channel, of which Discord itself tells there, once."""
        return await self._changed("PUT", "/channels/{channel_id}/messages/pins/{message_id}", address, message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """Deletes a message."""
        return await self._changed("DELETE", "/channels/{channel_id}/messages/{message_id}", address, message_id)

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:
        """The message with this marker, if it is in the history since then; None means: certainly not there."""
        client, until = self._client(), _until()
        if client is None or client.user is None:
            return Unreadable(OFFLINE)
        if not address.is_person:
            # Without this right Discord answers with an empty history, which would pass for a certain answer.
            rights = permissions(client, address)
            if rights is None or not rights.read_messages or not rights.read_message_history:
                return Unreadable("unknown channel" if rights is None else "no right to read the message history", True)
        channel = await self._channel(address, until)
        if not isinstance(channel, str):
            return Unreadable(channel.detail, isinstance(channel, Refused))
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel)
        after = history_start(since, self._trace.clock_skew)
        for _ in range(_MOST_PAGES):
            params = {"limit": str(HISTORY_PAGE), "after": str(after)}
            response = await self._rest.send(route, f"history {channel}", until=until, params=params)
            if not isinstance(response, Response) or not response.succeeded:
                return Unreadable(detail(response))
            try:
                page = history_page(response.body)
            except (KeyError, TypeError, ValueError):
                return Unreadable("history in an unknown form")
            if found := next((each for each in page if each.author == client.user.id and marker in each.markers), None):
                return Posted(str(found.id))
            if len(page) < HISTORY_PAGE:
                return None
            after = max(each.id for each in page)
        return Unreadable(f"more than {_MOST_PAGES * HISTORY_PAGE} messages since then", True)

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Names of phrases (`rights.…`) for what the bot needs there and lacks; empty if all is well or unknown."""
        client = self._client()
        if self._is_forum(address):
            return ("rights.discord.forum",)
        rights = permissions(client, address) if client and address.kind is AddressKind.CHANNEL else None
        return () if rights is None else missing_rights(rights)

    def name_of(self, address: Address) -> str:
        """The name of a server, or of a channel or role, with its server's where the bot is in several."""
        client = self._client()
        if client is None:
            return str(address)
        if address.kind is AddressKind.COMMUNITY:
            server = client.get_guild(int(address.id))
            return server.name if server and server.name else str(address)
        found: tuple[str, discord.Guild] | None = None
        if address.kind is AddressKind.ROLE:
            roles = (guild.get_role(int(address.id)) for guild in client.guilds)
            found = next(((f"@{role.name}", role.guild) for role in roles if role), None)
        channel = client.get_channel(int(address.id))
        if address.kind is AddressKind.CHANNEL and isinstance(channel, GuildChannel | discord.Thread):
            found = f"#{channel.name}", channel.guild
        if found is None:
            return str(address)
        name, guild = found
        return name if len(client.guilds) == 1 else f"{name} ({guild.name})"

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome:
        """Gives the person the role in the channel's server, or takes it away."""
        client = self._client()
        if client is None:
            return NotSent(OFFLINE)
        guild = getattr(client.get_channel(int(channel.id)), "guild", None)
        return await self.set_role(person.id, str(guild.id), group, member) if guild else _NOWHERE

    async def set_role(self, user_id: str, guild_id: str, role_id: str, has: bool) -> Outcome:
        """Gives a member of a server a role or takes it away; `Posted` names the role."""
        path = "/guilds/{guild_id}/members/{user}/roles/{role}"
        route = Route("PUT" if has else "DELETE", path, guild_id=guild_id, user=user_id, role=role_id)
        return outcome_of(await self._rest.send(route, f"roles {guild_id}", until=_until()), role_id)

    def close(self) -> None:
        """Ends what is under way."""
        self._rest.close()

    async def _changed(self, method: str, path: str, address: Address, message_id: str) -> Outcome:
        until = _until()
        channel = await self._channel(address, until)
        if not isinstance(channel, str):
            return channel
        route = Route(method, path, channel_id=channel, message_id=message_id)
        return outcome_of(await self._awake(route, f"{method} {address}", address, until), message_id)

    async def _awake(
        self, route: Route, bucket: str, address: Address, until: float, **carried: Any
    ) -> Response | NotSent | Unknown:
        """What came of a request about a message, for which a thread that sleeps is woken."""
        response = await self._rest.send(route, bucket, until=until, **carried)
        if isinstance(response, Response) and code(response) == ARCHIVED:
            woken = await self._wake(address, until)
            if isinstance(woken, Response) and woken.succeeded:
                return await self._rest.send(route, bucket, until=until, **carried)
        return response

    async def _wake(self, address: Address, until: float) -> Response | NotSent | Unknown:
        route = Route("PATCH", "/channels/{channel_id}", channel_id=address.id)
        return await self._rest.send(route, f"wake {address}", until=until, json={"archived": False})

    async def _wake_if_asleep(self, address: Address, until: float) -> None:
        """Wakes a thread of which the client isn't told while it sleeps, so that the roles there are known again."""
        client = self._client()
        if client is None or address.is_person or client.get_channel(int(address.id)):
            return
        woken = await self._wake(address, until)
        if isinstance(woken, Response) and woken.succeeded:
            self._servers[address.id] = str(woken.fields.get("guild_id", ""))

    async def _publish(self, address: Address, message_id: str, until: float) -> None:
        """Has those see a post who follow an announcement channel from elsewhere; a post that isn't stays a post."""
        client = self._client()
        channel = client.get_channel(int(address.id)) if client and not address.is_person else None
        if not isinstance(channel, discord.TextChannel) or not channel.is_news():
            return
        if self._published.get(address.id, 0) >= _MOST_PUBLISHED:
            return
        self._published[address.id] = self._published.get(address.id, 0) + 1
        path = "/channels/{channel_id}/messages/{message_id}/crosspost"
        route = Route("POST", path, channel_id=address.id, message_id=message_id)
        response = await self._rest.send(route, f"publish {address}", until=until)
        if not isinstance(response, Response) or not response.succeeded:
            _log.info("discord.not_published", channel=address.id, reason=detail(response))

    def _is_forum(self, address: Address) -> bool:
        client = self._client()
        channel = client.get_channel(int(address.id)) if client and not address.is_person else None
        return isinstance(channel, discord.ForumChannel)

    async def _channel(self, address: Address, until: float) -> str | Refused | NotSent:
        """The id of the channel to write to; for a person the one of direct messages, opened if need be."""
        if not self.ready:
            return NotSent(OFFLINE)
        if address.kind is AddressKind.CHANNEL:
            return address.id
        if not address.is_person:
            return _NOWHERE
        if known := self._conversations.get(address.id):
            return known
        route = Route("POST", "/users/@me/channels")
        response = await self._rest.send(route, "conversations", until=until, json={"recipient_id": address.id})
        if channel := id_in(response):
            self._conversations[address.id] = channel
            return channel
        outcome = outcome_of(response, None)
        # Whether or not it was opened, nothing has been said in it yet.
        return outcome if isinstance(outcome, Refused | NotSent) else NotSent(detail(response))

    def _events_at(self, address: Address) -> Mapping[str, str]:
        """The addresses of the events of a channel's server, by lecture."""
        client = self._client()
        guild = getattr(client.get_channel(int(address.id)), "guild", None) if client else None
        return self.events.links(str(guild.id)) if guild else {}

    def ping_trouble(self, channel: Address, group: str) -> str | None:
        """The name of a phrase (`pings.…`) for why a role can't be pinged in a channel."""
        client = self._client()
        if client is None or channel.is_person:
            return None
        return ping_trouble(client, channel, group, client.get_guild(int(self._servers.get(channel.id) or 0)))


def _create_parameters(
    message: Message, language: Language, marker: str, role: str | None, commands: CommandMentions
) -> MultipartParameters:
    """A message that pings this one role, if any, and whoever is named in its text not."""
    after = f" <@&{role}>\n-# {literal(phrases(language)('discord.pinged'))}" if role else ""
    shown = rendered(message, language, private=False, marker=marker, after=after, mentions=commands)
    mentions = discord.AllowedMentions.none()
    if role:
        mentions.roles = [discord.Object(int(role))]
    flags = discord.MessageFlags(suppress_notifications=True) if message.silent else discord.utils.MISSING
    arguments = {**shown.create_arguments, "allowed_mentions": mentions, "nonce": marker, "flags": flags}
    return handle_message_parameters(**arguments)


def _edit_parameters(
    message: Message, language: Language, marker: str, commands: CommandMentions
) -> MultipartParameters:
    shown = rendered(message, language, private=False, marker=marker, mentions=commands)
    return handle_message_parameters(shown.content, embeds=shown.embeds, view=shown.view, allowed_mentions=NO_MENTIONS)


def _carried(parameters: MultipartParameters) -> dict[str, Any]:
    """The arguments with which discord.py's client sends a message."""
    if parameters.files:
        return {"files": parameters.files, "form": parameters.multipart}
    return {"json": parameters.payload}


def _bucket(address: Address) -> str:
    """The bucket of posts and edits at an address: the stricter of the two limits holds for both."""
    return f"{MESSAGES}{address}"


def _until() -> float:
    return asyncio.get_running_loop().time() + _LIMIT
