"""The routes of a guild's scheduled events, of which only external ones are known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .refusals import Form, Json, RefusalError, missing_access, missing_permissions, unknown_guild
from .rest import Call, Route
from .rights import Right
from .world import Guild, User, World

SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4
_EXTERNAL = 3
_INTENT = 1 << 16
_MOST = 100


@dataclass(eq=False)
class ScheduledEvent:
    """`edits` counts how often somebody changed it."""

    id: int
    guild: Guild
    creator: User
    name: str
    description: str
    location: str
    starts: float
    ends: float
    status: int = SCHEDULED
    edits: int = 0


class ScheduledEventRoutes:
    """`every` holds all events there ever were but for the deleted ones. They begin and end by the world's clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.every: list[ScheduledEvent] = []

    def routes(self) -> list[Route]:
        many, one = "/guilds/{guild}/scheduled-events", "/guilds/{guild}/scheduled-events/{event}"
        return [
            Route("GET", many, self.listed, bucket="guild"),
            Route("POST", many, self.create, bucket="guild", payload="event_create"),
            Route("PATCH", one, self.modify, bucket="guild", payload="event_edit"),
            Route("DELETE", one, self.delete, bucket="guild"),
        ]

    def standing(self, guild: Guild) -> list[ScheduledEvent]:
        """Those that have not ended, by their start."""
        now = self._world.clock()
        for each in self.every:
            if each.status == SCHEDULED and each.starts <= now:
                each.status = ACTIVE
            if each.status == ACTIVE and each.ends <= now:
                each.status = COMPLETED
        found = [each for each in self.every if each.guild is guild and each.status in (SCHEDULED, ACTIVE)]
        return sorted(found, key=lambda each: (each.starts, each.id))

    def add(self, guild: Guild, creator: User, name: str, starts: float, ends: float) -> ScheduledEvent:
        """An event that somebody made."""
        event = ScheduledEvent(self._world.snowflake(), guild, creator, name, "", "Somewhere", starts, ends)
        self.every.append(event)
        return event

    async def listed(self, call: Call) -> list[Json]:
        return [_payload(each) for each in self.standing(self._guild(call))]

    async def create(self, call: Call) -> Json:
        guild = self._guild(call)
        if not guild.rights_of(self._world.bot) & Right.CREATE_EVENTS:
            raise missing_permissions()
        body, form = call.body, Form()
        for field, wanted in (("privacy_level", 2), ("entity_type", _EXTERNAL)):
            if body.get(field) != wanted:
                form.wrong((field,), "BASE_TYPE_CHOICES", f"Value must be one of ({wanted},).")
        event = ScheduledEvent(0, guild, self._world.bot, "", "", "", 0.0, 0.0)
        self._fill(event, {"name": "", "entity_metadata": {}, "scheduled_end_time": None, **body}, form, new=True)
        form.finish()
        if len(self.standing(guild)) >= _MOST:
            raise RefusalError(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
        event.id = self._world.snowflake()
        self.every.append(event)
        self._world.emit("GUILD_SCHEDULED_EVENT_CREATE", _payload(event), guild, _INTENT)
        return _payload(event)

    async def modify(self, call: Call) -> Json:
        event = self._own(call)
        if event.status in (COMPLETED, CANCELED):
            raise RefusalError(400, 180000, "Cannot update a finished event")
        form, status = Form(), call.body.get("status")
        allowed = {SCHEDULED: (ACTIVE, CANCELED), ACTIVE: (COMPLETED,)}[event.status]
        if status is not None and status not in (*allowed, event.status):
            form.wrong(
                ("status",), "INVALID_GUILD_SCHEDULED_EVENT_STATUS_UPDATE", "Invalid Guild Scheduled Event Status"
            )
        if event.status == ACTIVE and "scheduled_start_time" in call.body:
            form.wrong(("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_STARTED", "Cannot change the start")
        changed = ScheduledEvent(**{name: getattr(event, name) for name in event.__dataclass_fields__})
        self._fill(changed, call.body, form, new=False)
        form.finish()
        changed.status, changed.edits = status or event.status, event.edits + 1
        for name in event.__dataclass_fields__:
            setattr(event, name, getattr(changed, name))
        self._world.emit("GUILD_SCHEDULED_EVENT_UPDATE", _payload(event), event.guild, _INTENT)
        return _payload(event)

    async def delete(self, call: Call) -> None:
        event = self._own(call)
        self.every.remove(event)
        self._world.emit("GUILD_SCHEDULED_EVENT_DELETE", _payload(event), event.guild, _INTENT)

    def _guild(self, call: Call) -> Guild:
        guild = self._world.guilds.get(call.id("guild"))
        if guild is None:
            raise unknown_guild()
        if self._world.bot.id not in guild.members:
            raise missing_access()
        return guild

    def _own(self, call: Call) -> ScheduledEvent:
        """Whoever made an event may change it with the right to make any; those of others need another right."""
        guild, number = self._guild(call), call.id("event")
        self.standing(guild)
        event = next((each for each in self.every if each.id == number and each.guild is guild), None)
        if event is None:
            raise RefusalError(404, 10070, "Unknown Guild Scheduled Event")
        own = event.creator is self._world.bot
        if not guild.rights_of(self._world.bot) & (Right.MANAGE_EVENTS | (Right.CREATE_EVENTS if own else Right.NONE)):
            raise missing_permissions()
        return event

    def _fill(self, event: ScheduledEvent, body: Json, form: Form, *, new: bool) -> None:
        if "name" in body:
            event.name = form.text(("name",), body["name"], most=100, least=1)
        if "description" in body:
            event.description = form.text(("description",), body["description"], most=1000)
        if "entity_metadata" in body:
            location = (body["entity_metadata"] or {}).get("location")
            event.location = form.text(("entity_metadata", "location"), location, most=100, least=1)
        if "scheduled_end_time" in body:
            event.ends = _instant(form, "scheduled_end_time", body["scheduled_end_time"])
        if new or "scheduled_start_time" in body:
            event.starts = _instant(form, "scheduled_start_time", body.get("scheduled_start_time"))
            if event.starts <= self._world.clock():
                form.wrong(("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot be in the past.")
        if event.ends <= event.starts:
            form.wrong(("scheduled_end_time",), "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Must be after the start.")


def _instant(form: Form, field: str, value: Any) -> float:
    try:
        return datetime.fromisoformat(value).timestamp()
    except (TypeError, ValueError):
        form.wrong((field,), "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
        return 0.0


def _payload(event: ScheduledEvent) -> Json:
    return {
        "id": str(event.id),
        "guild_id": str(event.guild.id),
        "channel_id": None,
        "creator_id": str(event.creator.id),
        "name": event.name,
        "description": event.description or None,
        "scheduled_start_time": datetime.fromtimestamp(event.starts, UTC).isoformat(),
        "scheduled_end_time": datetime.fromtimestamp(event.ends, UTC).isoformat(),
        "privacy_level": 2,
        "status": event.status,
        "entity_type": _EXTERNAL,
        "entity_id": None,
        "entity_metadata": {"location": event.location},
        "recurrence_rule": None,
        "image": None,
    }
