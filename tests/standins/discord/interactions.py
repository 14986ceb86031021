"""The test's hand on Discord: a user who types commands, clicks, chooses and fills in modals."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from .answer import Answer, NoAnswerError
from .components_form import BUTTON, LINK, RADIO_GROUP, SELECTS, TEXT_INPUT, TEXT_SELECT, walk
from .dispatched import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction, InteractionRoutes
from .messages import Message, Messages
from .options import find_command, fitted, focused
from .refusals import Json
from .rights import ALL_RIGHTS
from .world import Channel, Guild, User, World

Where = Answer | Message | int


class _Home:
    """Stands for "the guild that is there from the start", as None means a direct conversation."""


HOME: Final = _Home()


class Interactions:
    """Everything a test does returns the bot's answer, or raises NoAnswerError when none came in time."""

    def __init__(
        self,
        world: World,
        messages: Messages,
        routes: InteractionRoutes,
        commands: Callable[[Guild | None], Iterable[Json]],
    ) -> None:
        self._world = world
        self._messages = messages
        self._routes = routes
        self._commands = commands

    @property
    def deadline(self) -> float:
        """Seconds the bot has for its first answer; Discord gives 3."""
        return self._routes.deadline

    @deadline.setter
    def deadline(self, seconds: float) -> None:
        self._routes.deadline = seconds

    async def command(
        self,
        name: str,
        options: Mapping[str, Any] | list[Json] | None = None,
        *,
        user: User | None = None,
        locale: str | None = None,
        guild: Guild | _Home | None = HOME,
        channel: Channel | None = None,
        within: float | None = None,
    ) -> Answer:
        """`name` may have a subcommand: "admin move". Options are checked and typed by what the bot registered;
        a list goes out as it is."""
        user, channel = self._place(user, guild, channel)
        spec, path = find_command(self._commands(channel.guild), name, direct=channel.guild is None)
        data = fitted(self._world, spec, path, options or {}, channel)
        interaction = self._new(COMMAND, user, channel, None)
        return await self._dispatched(interaction, data, locale, within)

    async def autocomplete(
        self,
        name: str,
        option: str,
        typed: str = "",
        *,
        options: Mapping[str, Any] | None = None,
        user: User | None = None,
        locale: str | None = None,
        guild: Guild | _Home | None = HOME,
        channel: Channel | None = None,
        within: float | None = None,
    ) -> list[Json]:
        """The choices offered for what was typed so far into one option; `options` are those already filled in."""
        user, channel = self._place(user, guild, channel)
        spec, path = find_command(self._commands(channel.guild), name, direct=channel.guild is None)
        data, kind = focused(self._world, spec, path, options or {}, option, typed)
        interaction = self._new(AUTOCOMPLETE, user, channel, None)
        interaction.option_kind = kind
        return (await self._dispatched(interaction, data, locale, within)).choices

    async def click(
        self,
        where: Where,
        custom_id: str | None = None,
        *,
        label: str | None = None,
        user: User | None = None,
        locale: str | None = None,
        within: float | None = None,
    ) -> Answer:
        """Clicks a button, named by its custom_id or its label, as the user who got the answer unless told."""
        message, user = await self._seen(where, user)
        button = _component(message, (BUTTON,), custom_id, label)
        if button.get("style") == LINK:
            raise ValueError(f"{label or custom_id!r} is a link: Discord tells nobody about clicks on it")
        data = {"custom_id": button["custom_id"], "component_type": BUTTON, "id": button.get("id", 0)}
        interaction = self._new(COMPONENT, user, message.channel, message)
        return await self._dispatched(interaction, data, locale, within)

    async def select(
        self,
        where: Where,
        custom_id: str | None,
        values: Iterable[str],
        *,
        user: User | None = None,
        locale: str | None = None,
        within: float | None = None,
    ) -> Answer:
        """Chooses in a select menu; without a custom_id in the only one there is."""
        message, user = await self._seen(where, user)
        menu = _component(message, SELECTS, custom_id, None)
        chosen = list(values)
        if not menu.get("min_values", 1) <= len(chosen) <= menu.get("max_values", 1):
            raise ValueError(f"{custom_id!r} takes {menu.get('min_values', 1)} to {menu.get('max_values', 1)} values")
        offered = [option["value"] for option in menu.get("options") or []]
        if menu["type"] == TEXT_SELECT and not set(chosen) <= set(offered):
            raise ValueError(f"{chosen} is not among {offered}")
        data = {"custom_id": menu["custom_id"], "component_type": menu["type"], "values": chosen}
        interaction = self._new(COMPONENT, user, message.channel, message)
        return await self._dispatched(interaction, data, locale, within)

    async def submit_modal(
        self,
        opened: Answer,
        values: Mapping[str, str | list[str]],
        *,
        locale: str | None = None,
        within: float | None = None,
    ) -> Answer:
        """Sends the modal off with these values by custom_id; fields not named keep what they were opened with."""
        modal = opened.modal
        if modal is None:
            raise ValueError(f"an answer of type {opened.type} is no modal")
        fields = {each["custom_id"]: each for each in walk(modal["components"]) if each.get("custom_id")}
        if unknown := set(values) - set(fields):
            raise ValueError(f"the modal has no fields {sorted(unknown)}, only {sorted(fields)}")
        data = {"custom_id": modal["custom_id"], "components": [_filled(each, values) for each in modal["components"]]}
        origin = opened.interaction
        interaction = self._new(MODAL_SUBMIT, origin.user, origin.channel, origin.source)
        return await self._dispatched(interaction, data, locale, within)

    def _place(self, user: User | None, guild: Guild | _Home | None, channel: Channel | None) -> tuple[User, Channel]:
        user = user or self._world.user
        if channel is None:
            if guild is None:
                channel = self._world.dm(user)
            else:
                home = self._world.guild if isinstance(guild, _Home) else guild
                channel = next(iter(home.channels.values()))
        return user, channel

    async def _seen(self, where: Where, user: User | None) -> tuple[Message, User]:
        """The message somebody acts on, once there is more to see than that the bot is thinking, and who that is.

        Nobody else sees an ephemeral one.
        """
        if isinstance(where, Answer):
            await where.finished()
            message, user = where.stored, user or where.interaction.user
        elif isinstance(where, int):
            every = (m for c in self._world.channels.values() for m in [*c.messages, *c.ephemeral])
            message = next((m for m in every if m.id == where), None)
        else:
            message = where
        if message is None or message in message.channel.deleted:
            raise LookupError("there is no such message any more")
        user = user or message.shown_to or self._world.user
        if message.shown_to is not None and user is not message.shown_to:
            raise ValueError(f"{user.name} does not see this message")
        return message, user

    def _new(self, kind: int, user: User, channel: Channel, source: Message | None) -> Interaction:
        return Interaction(self._world.snowflake(), secrets.token_urlsafe(32), kind, user, channel, source)

    async def _dispatched(
        self, interaction: Interaction, data: Json, locale: str | None, within: float | None
    ) -> Answer:
        payload = self._payload(interaction, data, locale)
        self._routes.remember(interaction)
        guild = interaction.channel.guild
        self._world.emit("INTERACTION_CREATE", payload, guild, 0)
        patience = self.deadline + 0.5 if within is None else within
        try:
            async with interaction.change, asyncio.timeout(patience):
                await interaction.change.wait_for(lambda: interaction.answered is not None)
        except TimeoutError:
            tried = "; ".join(map(str, interaction.refused)) or "nothing"
            raise NoAnswerError(f"no answer within {patience} s; the bot tried: {tried}") from None
        return Answer(interaction, self._messages)

    def _payload(self, interaction: Interaction, data: Json, locale: str | None) -> Json:
        world, user, channel = self._world, interaction.user, interaction.channel
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(world.application_id),
            "type": interaction.kind,
            "data": data,
            "token": interaction.token,
            "version": 1,
            "channel_id": str(channel.id),
            "channel": world.channel_payload(channel),
            "app_permissions": str(int(channel.rights_of(world.bot))),
            "locale": locale or user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": str(channel.guild.id) if channel.guild else "0"},
            "context": 0 if channel.guild else 1,
            "attachment_size_limit": 10 * 1024**2,
        }
        if channel.guild is None:
            payload["user"] = world.user_payload(user)
        else:
            rights = channel.rights_of(user) & ALL_RIGHTS
            member = world.member_payload(channel.guild.members[user.id])
            payload["member"] = member | {"permissions": str(int(rights))}
            payload["channel"]["permissions"] = str(int(rights))
            payload["guild_id"] = str(channel.guild.id)
            payload["guild"] = {"id": str(channel.guild.id), "locale": channel.guild.locale, "features": []}
            payload["guild_locale"] = channel.guild.locale
        if interaction.source is not None:
            payload["message"] = self._messages.payload(interaction.source)
        return payload


def _component(message: Message, kinds: tuple[int, ...], custom_id: str | None, label: str | None) -> Json:
    """The one component that is meant."""
    there = [each for each in walk(message.components) if each.get("type") in kinds]
    meant = [
        each
        for each in there
        if (custom_id is None or each.get("custom_id") == custom_id) and (label is None or each.get("label") == label)
    ]
    if len(meant) != 1:
        names = [each.get("custom_id") or each.get("url") for each in there]
        raise LookupError(f"{len(meant)} of {names} are {custom_id or label!r}")
    if meant[0].get("disabled"):
        raise ValueError(f"{custom_id or label!r} is disabled")
    return meant[0]


def _filled(component: Json, values: Mapping[str, str | list[str]]) -> Json:
    """A part of a modal as it comes back, checked as the client checks it."""
    if "components" in component:
        return {**component, "components": [_filled(each, values) for each in component["components"]]}
    if isinstance(component.get("component"), dict):
        return {"type": component["type"], "component": _filled(component["component"], values)}
    custom_id = component.get("custom_id")
    if custom_id is None:
        return component
    if component["type"] != TEXT_INPUT:
        return _chosen(component, [*values.get(custom_id, _defaults(component))])
    value = str(values.get(custom_id, component.get("value") or ""))
    if component.get("required", True) and not value:
        raise ValueError(f"{custom_id!r} must be filled in")
    if value and not (component.get("min_length") or 0) <= len(value) <= (component.get("max_length") or 4000):
        raise ValueError(f"{custom_id!r} has the wrong length: {len(value)}")
    return {"type": TEXT_INPUT, "custom_id": custom_id, "value": value}


def _defaults(component: Json) -> list[str]:
    """What is chosen in a part of a modal when it opens."""
    options = [str(each["value"]) for each in component.get("options") or [] if each.get("default")]
    return options or [str(each["id"]) for each in component.get("default_values") or []]


def _chosen(component: Json, values: list[str]) -> Json:
    """What comes back of a part in which something is chosen."""
    offered = [each["value"] for each in component.get("options") or []]
    single = component["type"] == RADIO_GROUP
    least = int(component.get("required", True)) if single else component.get("min_values") or 0
    if (offered and not {*values} <= {*offered}) or not least <= len(values):
        raise ValueError(f"{component['custom_id']!r} can't be {values}")
    back = {"type": component["type"], "custom_id": component["custom_id"], "id": 1}
    if single:
        return back | {"value": values[0] if values else None}
    return back | {"values": values}
