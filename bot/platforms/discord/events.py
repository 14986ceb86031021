"""Scheduled events of servers, each request sent once and its outcome told as it is."""

import asyncio
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import discord
from discord.abc import GuildChannel
from discord.http import Route

from bot.announcements import poster
from bot.announcements.events.calendar import EventStatus, Listed, Place, Shown
from bot.announcements.events.desired import Event
from bot.announcements.poster import NotSent, Outcome, Posted, Refused, Unknown
from bot.domain.excerpts import units
from bot.domain.language import Language
from bot.domain.subscriptions import Address
from bot.platforms.discord import limits
from bot.platforms.discord.client import Client
from bot.platforms.discord.http import Answer, Exchange, Payload, failure
from bot.platforms.discord.markup import paragraph, plain

_LIMIT: Final = poster.LIMIT - 0.5
"""Seconds for a call."""
_OFFLINE: Final = "not connected"
_MARKER: Final = re.compile(r"(?:^|\n)lecturebot #(\d{1,9})\Z")
_GUILD_ONLY: Final = 2
_EXTERNAL: Final = 3
_ACTIVE: Final = 2
_COMPLETED: Final = 3
_CANCELED: Final = 4
"""Discord's numbers for who can see an event, where it is, and how it stands; the last two are final."""


class DiscordEvents:
    """Events while the client is connected; `client` is the present one, if it is. They are "external" ones, which need
    a place and an end, and begin and end by themselves."""

    platform: Final = "discord"

    def __init__(self, client: Callable[[], Client | None], exchange: Exchange) -> None:
        self._present: Final = client
        self._exchange: Final = exchange

    @property
    def ready(self) -> bool:
        """Whether the gateway is connected."""
        return self._present() is not None

    def places(self, channels: Collection[Address]) -> list[Place]:
        """The servers of these channels, as far as they are known."""
        client = self._present()
        if client is None or client.user is None:
            return []
        us, found = client.user, dict[int, tuple[discord.Guild, list[Address]]]()
        for each in channels:
            channel = client.get_channel(int(each.id))
            if isinstance(channel, GuildChannel | discord.Thread):
                found.setdefault(channel.guild.id, (channel.guild, []))[1].append(each)
        return [
            Place(str(number), guild.name, tuple(here), _may_make_events(guild, us))
            for number, (guild, here) in found.items()
        ]

    def shown(self, event: Event, language: Language) -> Shown:
        """The event as Discord will have it; the last line of its description is the marker."""
        marker = f"lecturebot #{event.lecture}"
        room = limits.EVENT_DESCRIPTION - units(f"\n\n{marker}")
        lines: list[str] = []
        for text in event.lines:
            line = paragraph(text, language, room)
            if line:
                lines.append(line)
                room -= units(f"{line}\n")
            if room <= 0:
                break
        name, location = plain(event.name, limits.EVENT_NAME), plain(event.location, limits.EVENT_LOCATION)
        return Shown(name, "\n".join([*lines, "", marker]).strip(), location, event.starts, event.ends)

    async def listed(self, place: str) -> Listed | NotSent | Refused | Unknown:
        """All events of the server that have not ended."""
        client = self._present()
        if client is None or client.user is None:
            return NotSent(_OFFLINE)
        answer = await self._asked("GET", place)
        if not isinstance(answer, Answer):
            return answer
        if not answer.succeeded:
            return failure(answer)
        try:
            return _listed(answer.body, str(client.user.id))
        except (KeyError, TypeError, ValueError):
            return NotSent("events in an unknown form")

    async def create(self, place: str, shown: Shown) -> Outcome:
        """Makes an event."""
        kind = {"privacy_level": _GUILD_ONLY, "entity_type": _EXTERNAL}
        return _made(await self._asked("POST", place, _fields(shown, start=True) | kind))

    async def edit(self, place: str, event: str, shown: Shown, *, start: bool) -> Outcome:
        """Has an event say something else."""
        return _outcome(await self._asked("PATCH", place, _fields(shown, start=start), event), event)

    async def call_off(self, place: str, event: str, *, begun: bool) -> Outcome:
        """Cancels an event, or ends one that has begun, which can't be cancelled any more."""
        return _outcome(await self._asked("PATCH", place, {"status": _COMPLETED if begun else _CANCELED}, event), event)

    async def remove(self, place: str, event: str) -> Outcome:
        """Deletes an event."""
        return _outcome(await self._asked("DELETE", place, None, event), event)

    async def _asked(
        self, method: str, place: str, fields: Mapping[str, Any] | None = None, event: str | None = None
    ) -> Answer | NotSent | Unknown:
        client = self._present()
        if client is None:
            return NotSent(_OFFLINE)
        path = "/guilds/{guild_id}/scheduled-events" + ("/{event}" if event else "")
        route = Route(method, path, guild_id=place, **({"event": event} if event else {}))
        until = asyncio.get_running_loop().time() + _LIMIT
        bucket = f"events {place} {method}"
        return await self._exchange.send(client, route, bucket, until=until, payload=Payload(fields))


def _may_make_events(guild: discord.Guild, us: discord.ClientUser) -> bool:
    me = guild.get_member(us.id)  # None while the server is out of order
    return me is not None and me.guild_permissions.create_events


def _fields(shown: Shown, *, start: bool) -> dict[str, Any]:
    fields = {
        "name": shown.name,
        "description": shown.description,
        "entity_metadata": {"location": shown.location},
        "scheduled_end_time": shown.ends.isoformat(),
    }
    return fields | ({"scheduled_start_time": shown.starts.isoformat()} if start else {})


def _listed(body: Any, us: str) -> Listed:
    """The events in Discord's answer; KeyError, TypeError or ValueError if it has another form."""
    if not isinstance(body, list):
        raise TypeError("no list")
    ours = [each for each in body if str(each.get("creator_id")) == us and each["entity_type"] == _EXTERNAL]
    return Listed(tuple(_status(each) for each in ours), limits.EVENTS - (len(body) - len(ours)))


def _status(event: Mapping[str, Any]) -> EventStatus:
    description = str(event.get("description") or "")
    marker = _MARKER.search(description)
    location = str((event.get("entity_metadata") or {}).get("location") or "")
    starts, ends = (
        datetime.fromisoformat(event[name]).astimezone(UTC) for name in ("scheduled_start_time", "scheduled_end_time")
    )
    shown = Shown(str(event["name"]), description, location, starts, ends)
    return EventStatus(str(event["id"]), int(marker[1]) if marker else None, shown, event["status"] == _ACTIVE)


def _made(answer: Answer | NotSent | Unknown) -> Outcome:
    body: Any = answer.body if isinstance(answer, Answer) and answer.succeeded else None
    return _outcome(answer, str(body["id"]) if isinstance(body, dict) and body.get("id") else None)


def _outcome(answer: Answer | NotSent | Unknown, event: str | None) -> Outcome:
    if not isinstance(answer, Answer):
        return answer
    if not answer.succeeded:
        return failure(answer)
    return Posted(event) if event else Unknown(f"{answer.status} without an event")
