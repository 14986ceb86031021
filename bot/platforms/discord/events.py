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
from bot.announcements.poster import NotSent, Outcome, Refused, Unknown
from bot.domain.language import Language
from bot.domain.subscriptions import Address
from bot.i18n.excerpts import units
from bot.platforms.discord import limits
from bot.platforms.discord.client import Client
from bot.platforms.discord.http import OFFLINE, Response, RestClient, failure, id_in, outcome_of
from bot.platforms.discord.markup import paragraph, plain

_LIMIT: Final = poster.LIMIT - 0.5
"""Seconds for a call."""
_MARKER: Final = re.compile(r"(?:^|\n)lecturebot #([\w.-]{1,32})\Z")
_GUILD_ONLY: Final = 2
_EXTERNAL: Final = 3
_ACTIVE: Final = 2
_COMPLETED: Final = 3
_CANCELED: Final = 4
"""Discord's numbers for who can see an event, where it is, and how it stands; the last two are final."""


class DiscordEvents:
    """Events while the client is connected; `client` gives it then, else None. They are "external" ones, which need a
    place and an end, and begin and end by themselves."""

    platform: Final = "discord"

    def __init__(self, client: Callable[[], Client | None], rest: RestClient) -> None:
        self._client: Final = client
        self._rest: Final = rest
        self._known: Final[dict[str, dict[str, str]]] = {}
        """The events of each server: their ids by lecture, as they were listed or made last."""

    @property
    def ready(self) -> bool:
        """Whether the gateway is connected."""
        return self._client() is not None

    def places(self, channels: Collection[Address]) -> list[Place]:
        """The servers of these channels, as far as they are known."""
        client = self._client()
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

    def links(self, place: str) -> Mapping[str, str]:
        """The addresses of a server's events, at which people say that they are interested, by lecture."""
        events = self._known.get(place, {})
        return {lecture: f"https://discord.com/events/{place}/{event}" for lecture, event in events.items()}

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
        client = self._client()
        if client is None or client.user is None:
            return NotSent(OFFLINE)
        response = await self._request("GET", place)
        if not isinstance(response, Response):
            return response
        if not response.succeeded:
            return failure(response)
        try:
            listed = _listed(response.body, str(client.user.id))
        except (KeyError, TypeError, ValueError):
            return NotSent("events in an unknown form")
        self._known[place] = {each.lecture: each.id for each in listed.ours if each.lecture}
        return listed

    async def create(self, place: str, shown: Shown) -> Outcome:
        """Makes an event."""
        kind = {"privacy_level": _GUILD_ONLY, "entity_type": _EXTERNAL}
        response = await self._request("POST", place, _fields(shown, start=True) | kind)
        made, marker = id_in(response), _MARKER.search(shown.description)
        if made and marker:
            self._known.setdefault(place, {})[marker[1]] = made
        return outcome_of(response, made)

    async def edit(self, place: str, event: str, shown: Shown, *, start: bool) -> Outcome:
        """Has an event say something else."""
        return outcome_of(await self._request("PATCH", place, _fields(shown, start=start), event), event)

    async def call_off(self, place: str, event: str, *, begun: bool) -> Outcome:
        """Cancels an event, or ends one that has begun, which can't be cancelled any more."""
        self._forget(place, event)
        return outcome_of(
            await self._request("PATCH", place, {"status": _COMPLETED if begun else _CANCELED}, event), event
        )

    async def remove(self, place: str, event: str) -> Outcome:
        """Deletes an event."""
        self._forget(place, event)
        return outcome_of(await self._request("DELETE", place, None, event), event)

    def _forget(self, place: str, event: str) -> None:
        known = self._known.get(place, {})
        self._known[place] = {lecture: each for lecture, each in known.items() if each != event}

    async def _request(
        self, method: str, place: str, fields: Mapping[str, Any] | None = None, event: str | None = None
    ) -> Response | NotSent | Unknown:
        path = "/guilds/{guild_id}/scheduled-events" + ("/{event}" if event else "")
        route = Route(method, path, guild_id=place, **({"event": event} if event else {}))
        until = asyncio.get_running_loop().time() + _LIMIT
        carried = {} if fields is None else {"json": fields}
        return await self._rest.send(route, f"events {place} {method}", until=until, **carried)


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
    return EventStatus(str(event["id"]), marker[1] if marker else None, shown, event["status"] == _ACTIVE)
