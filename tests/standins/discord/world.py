"""The guilds, channels, roles and people of the stand-in, and the messages they hold."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .mentions import Audience
from .refusals import Json
from .rights import ALL_RIGHTS, BOTS_RIGHTS, DIRECT_RIGHTS, MEMBERS_RIGHTS, Overwrite, Right, in_channel

if TYPE_CHECKING:
    from .messages import Message

_EPOCH_MS = 1_420_070_400_000
GUILDS, GUILD_MEMBERS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 1, 1 << 9, 1 << 12


@dataclass(eq=False)
class User:
    id: int
    name: str
    locale: str = "en-US"
    bot: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    id: int
    name: str
    rights: Right
    mentionable: bool
    position: int
    managed: bool = False

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    user: User
    roles: list[Role]
    joined: str = "2024-04-01T00:00:00+00:00"


@dataclass(eq=False)
class Guild:
    id: int
    name: str
    locale: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def rights_of(self, user: User) -> Right:
        if user.id == self.owner_id:
            return ALL_RIGHTS
        rights = self.roles[self.id].rights
        for role in self.members[user.id].roles:
            rights |= role.rights
        return ALL_RIGHTS if rights & Right.ADMINISTRATOR else rights


ANNOUNCEMENTS, PUBLIC_THREAD, FORUM = 5, 11, 15
"""Kinds of channels."""


@dataclass(eq=False)
class Channel:
    """A channel of a guild, a thread in its `parent`, or a direct conversation (`guild` is None) with `recipient`."""

    id: int
    name: str
    guild: Guild | None
    recipient: User | None = None
    kind: int = 0
    parent: Channel | None = None
    archived: bool = False
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    ephemeral: list[Message] = field(default_factory=list)
    deleted: list[Message] = field(default_factory=list)

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    def find(self, message_id: int) -> Message | None:
        return next((each for each in self.messages if each.id == message_id), None)

    def rights_of(self, user: User) -> Right:
        if self.parent is not None:
            return self.parent.rights_of(user)
        if self.guild is None:
            return DIRECT_RIGHTS
        if user.id not in self.guild.members:
            return Right.NONE
        rights = self.guild.rights_of(user)
        if rights & Right.ADMINISTRATOR:
            return rights
        if everyone := self.overwrites.get(self.guild.id):
            rights = everyone.apply(rights)
        of_roles = Overwrite(is_role=True)
        for role in self.guild.members[user.id].roles:
            if overwrite := self.overwrites.get(role.id):
                of_roles.allowed |= overwrite.allowed
                of_roles.denied |= overwrite.denied
        rights = of_roles.apply(rights)
        if own := self.overwrites.get(user.id):
            rights = own.apply(rights)
        return in_channel(rights)

    def audience(self, author: User) -> Audience:
        if self.guild is None:
            there = {author.id, *([self.recipient.id] if self.recipient else [])}
            return Audience(frozenset(there), {}, may_ping_all=False)
        roles = {role.id: role.mentionable for role in self.guild.roles.values() if role.id != self.guild.id}
        may = bool(self.rights_of(author) & Right.MENTION_EVERYONE)
        return Audience(frozenset(self.guild.members), roles, may)


class World:
    """Starts with one guild (`guild`), one channel (`channel`), one member (`user`), one administrator (`admin`) and
    the bot (`bot`). Every change is also told over the gateway."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._last_id = 0
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.application_id = self.snowflake()
        self.owner = self._person("owner")
        self.bot = User(self.application_id, "lecturebot", bot=True)
        self.users[self.bot.id] = self.bot
        self.guild = self.add_guild("Seminar")
        self.channel = self.add_channel("lectures")
        self.user = self.add_user("hana")
        self.admin = self.add_user("rin", rights=Right.ADMINISTRATOR)

    def snowflake(self) -> int:
        """A new id that tells its time as Discord's do; ids only grow, even if the clock goes back."""
        self._last_id = max(self._last_id + 1, (int(self.clock() * 1000) - _EPOCH_MS) << 22)
        return self._last_id

    def emit(self, event: str, data: Json, guild: Guild | None, intent: int = GUILDS) -> None:
        """Tells the bot; nobody listens until a gateway stands."""

    def _person(self, name: str, locale: str = "en-US") -> User:
        user = User(self.snowflake(), name, locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, locale: str = "ja", bot_rights: Right = BOTS_RIGHTS) -> Guild:
        guild = Guild(self.snowflake(), name, locale, self.owner.id)
        guild.roles[guild.id] = Role(guild.id, "@everyone", MEMBERS_RIGHTS, mentionable=False, position=0)
        role = Role(self.snowflake(), self.bot.name, bot_rights, mentionable=False, position=1, managed=True)
        guild.roles[role.id] = role
        guild.members[self.owner.id] = Member(self.owner, [])
        guild.members[self.bot.id] = Member(self.bot, [role])
        self.guilds[guild.id] = guild
        self.emit("GUILD_CREATE", self.guild_payload(guild), guild)
        return guild

    def add_channel(self, name: str, *, guild: Guild | None = None, kind: int = 0) -> Channel:
        guild = guild or self.guild
        channel = Channel(self.snowflake(), name, guild, kind=kind)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        self.emit("CHANNEL_CREATE", self.channel_payload(channel), guild)
        return channel

    def add_thread(self, name: str, parent: Channel | None = None) -> Channel:
        """A public thread in a channel."""
        parent = parent or self.channel
        thread = Channel(self.snowflake(), name, parent.guild, kind=PUBLIC_THREAD, parent=parent)
        self.channels[thread.id] = thread
        self.emit("THREAD_CREATE", self.channel_payload(thread), thread.guild)
        return thread

    def set_archived(self, thread: Channel, *, archived: bool) -> None:
        """A thread falls asleep, or is woken."""
        thread.archived = archived
        self.emit("THREAD_UPDATE", self.channel_payload(thread), thread.guild)

    def add_role(
        self, name: str, *, rights: Right = Right.NONE, mentionable: bool = False, guild: Guild | None = None
    ) -> Role:
        guild = guild or self.guild
        role = Role(self.snowflake(), name, rights, mentionable, position=len(guild.roles))
        guild.roles[role.id] = role
        self.emit("GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": self.role_payload(role)}, guild)
        return role

    def delete_role(self, role: Role, guild: Guild | None = None) -> None:
        guild = guild or self.guild
        del guild.roles[role.id]
        self.emit("GUILD_ROLE_DELETE", {"guild_id": str(guild.id), "role_id": str(role.id)}, guild)

    def add_user(
        self,
        name: str,
        *,
        roles: Iterable[Role] = (),
        rights: Right = Right.NONE,
        locale: str = "en-US",
        guild: Guild | None = None,
    ) -> User:
        """A person, a member of the guild; `rights` beyond everybody's come as a role of their own."""
        guild = guild or self.guild
        user = self._person(name, locale)
        own = [self.add_role(f"{name}'s", rights=rights, guild=guild)] if rights else []
        guild.members[user.id] = Member(user, [*roles, *own])
        return user

    def set_role(self, guild: Guild, member: Member, role: Role, *, has: bool) -> None:
        """Gives a member a role, or takes it away; of its own roles the bot hears without the members intent."""
        member.roles[:] = [*(each for each in member.roles if each is not role), *([role] if has else [])]
        intent = GUILDS if member.user is self.bot else GUILD_MEMBERS
        payload = {**self.member_payload(member), "guild_id": str(guild.id)}
        self.emit("GUILD_MEMBER_UPDATE", payload, guild, intent)

    def allow(self, channel: Channel, rights: Right, who: User | Role | None = None) -> None:
        """Allows the bot (or `who`) something in a channel."""
        self._overwrite(channel, who).allow(rights)
        self.emit("CHANNEL_UPDATE", self.channel_payload(channel), channel.guild)

    def deny(self, channel: Channel, rights: Right, who: User | Role | None = None) -> None:
        """Takes something from the bot (or `who`) in a channel."""
        self._overwrite(channel, who).deny(rights)
        self.emit("CHANNEL_UPDATE", self.channel_payload(channel), channel.guild)

    def _overwrite(self, channel: Channel, who: User | Role | None) -> Overwrite:
        whose = who or self.bot
        return channel.overwrites.setdefault(whose.id, Overwrite(is_role=isinstance(whose, Role)))

    def delete_channel(self, channel: Channel) -> None:
        del self.channels[channel.id]
        if channel.guild is not None:
            del channel.guild.channels[channel.id]
        self.emit("CHANNEL_DELETE", self.channel_payload(channel), channel.guild)

    def remove_bot(self, guild: Guild) -> None:
        """The bot is thrown out of the guild."""
        del guild.members[self.bot.id]
        self.emit("GUILD_DELETE", {"id": str(guild.id)}, guild)

    def dm(self, user: User) -> Channel:
        """The direct conversation of the bot with a user."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.snowflake(), "", None, recipient=user, kind=1)
        self.channels[channel.id] = channel
        return channel

    @property
    def messages(self) -> list[Message]:
        """All messages of all channels in the order of their making; not the ephemeral and deleted ones."""
        every = [message for channel in self.channels.values() for message in channel.messages]
        return sorted(every, key=lambda message: message.id)

    @property
    def pinged(self) -> list[Message]:
        """Every message that pinged anybody, ever."""
        every = [m for c in self.channels.values() for m in [*c.messages, *c.ephemeral, *c.deleted]]
        return [message for message in every if message.pinged]

    def user_payload(self, user: User) -> Json:
        return {
            "id": str(user.id),
            "username": user.name,
            "global_name": None if user.bot else user.name.title(),
            "discriminator": "0",
            "avatar": None,
            "bot": user.bot,
            "public_flags": 0,
        }

    def role_payload(self, role: Role) -> Json:
        payload: Json = {
            "id": str(role.id),
            "name": role.name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": role.position,
            "permissions": str(int(role.rights)),
            "managed": role.managed,
            "mentionable": role.mentionable,
            "flags": 0,
        }
        if role.managed:
            payload["tags"] = {"bot_id": str(self.bot.id)}
        return payload

    def member_payload(self, member: Member) -> Json:
        return {
            "user": self.user_payload(member.user),
            "roles": [str(role.id) for role in member.roles],
            "joined_at": member.joined,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "nick": None,
        }

    def channel_payload(self, channel: Channel) -> Json:
        last = str(channel.messages[-1].id) if channel.messages else None
        if channel.guild is None:
            people = [self.user_payload(channel.recipient)] if channel.recipient else []
            return {"id": str(channel.id), "type": 1, "last_message_id": last, "recipients": people, "flags": 0}
        overwrites = [
            {
                "id": str(who),
                "type": 0 if each.is_role else 1,
                "allow": str(int(each.allowed)),
                "deny": str(int(each.denied)),
            }
            for who, each in channel.overwrites.items()
        ]
        if channel.parent is not None:
            return self._thread_payload(channel, channel.parent, last)
        return {
            "id": str(channel.id),
            "type": channel.kind,
            "guild_id": str(channel.guild.id),
            "name": channel.name,
            "position": 0,
            "permission_overwrites": overwrites,
            "nsfw": False,
            "parent_id": None,
            "topic": None,
            "rate_limit_per_user": 0,
            "last_message_id": last,
            "flags": 0,
        }

    def _thread_payload(self, thread: Channel, parent: Channel, last: str | None) -> Json:
        return {
            "id": str(thread.id),
            "type": thread.kind,
            "guild_id": str(parent.guild.id if parent.guild else 0),
            "name": thread.name,
            "parent_id": str(parent.id),
            "owner_id": str(self.owner.id),
            "last_message_id": last,
            "message_count": len(thread.messages),
            "member_count": 1,
            "rate_limit_per_user": 0,
            "flags": 0,
            "thread_metadata": {
                "archived": thread.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2024-04-01T00:00:00+00:00",
                "locked": False,
            },
        }

    def guild_payload(self, guild: Guild) -> Json:
        """As GUILD_CREATE brings it to a bot without the members intent: of the members only itself."""
        return {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "description": None,
            "banner": None,
            "owner_id": str(guild.owner_id),
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "vanity_url_code": None,
            "preferred_locale": guild.locale,
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [self.role_payload(role) for role in guild.roles.values()],
            "channels": [self.channel_payload(channel) for channel in guild.channels.values()],
            "members": [self.member_payload(guild.members[self.bot.id])],
            "member_count": len(guild.members),
            "large": False,
            "unavailable": False,
            "joined_at": "2024-04-01T00:00:00+00:00",
            "presences": [],
            "threads": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
