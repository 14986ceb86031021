"""Messages as Discord keeps them: written, edited and deleted, with whom each really pinged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .components_form import TEXT_DISPLAY, walk
from .mentions import Pinged, pinged_by
from .message_form import EPHEMERAL, LOADING, SILENT, SUPPRESS_EMBEDS, V2, File, check_message
from .refusals import Json
from .world import DIRECT_MESSAGES, GUILD_MESSAGES, Channel, User, World


@dataclass(eq=False)
class Message:
    """`earlier` holds what it said before each edit; `shown_to` is set on ephemeral ones."""

    id: int
    channel: Channel
    author: User
    content: str
    embeds: list[Json]
    components: list[Json]
    attachments: list[Json]
    flags: int
    created: float
    kind: int = 0
    pinned: bool = False
    edited: float | None = None
    nonce: str | int | None = None
    reference: int | None = None
    shown_to: User | None = None
    webhook_id: int | None = None
    interaction: Json | None = None
    pinged: Pinged = field(default_factory=Pinged)
    earlier: list[Json] = field(default_factory=list)
    files: dict[int, File] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        return self.shown_to is not None

    @property
    def loading(self) -> bool:
        """Whether it still only says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def texts(self) -> list[str]:
        """What can ping: the content, and the text of Components V2."""
        displayed = [str(each.get("content")) for each in walk(self.components) if each.get("type") == TEXT_DISPLAY]
        return [self.content, *displayed]


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


class Messages:
    """Writes into the channels of a world and tells the bot about it."""

    def __init__(self, world: World, files_url: str = "https://cdn.discordapp.invalid/attachments") -> None:
        self._world = world
        self._files_url = files_url

    def write(
        self,
        channel: Channel,
        author: User,
        body: Json,
        files: Mapping[int, File],
        *,
        shown_to: User | None = None,
        interaction: Json | None = None,
        kind: int = 0,
    ) -> Message:
        """A new message; refused as a whole if anything is wrong with it."""
        check_message(body, files)
        message = self._blank(channel, author, shown_to=shown_to, interaction=interaction, kind=kind)
        self._fill(message, body, files)
        message.flags |= int(body.get("flags") or 0) & (SUPPRESS_EMBEDS | SILENT | V2)
        message.nonce = body.get("nonce")
        self._keep(message)
        return message

    def placeholder(self, channel: Channel, author: User, shown_to: User | None, interaction: Json) -> Message:
        """The message that says the bot is thinking."""
        message = self._blank(channel, author, shown_to=shown_to, interaction=interaction, kind=20)
        message.flags |= LOADING
        self._keep(message)
        return message

    def edit(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        check_message(body, files, before=None if message.loading else self.payload(message))
        message.earlier.append(self.payload(message))
        message.flags &= ~LOADING
        if body.get("flags") is not None:
            message.flags = (message.flags & ~SUPPRESS_EMBEDS) | (int(body["flags"]) & (SUPPRESS_EMBEDS | V2))
        message.edited = self._world.clock()
        self._fill(message, body, files)
        self._tell("MESSAGE_UPDATE", message, self.payload(message))

    def delete(self, message: Message) -> None:
        shelf = message.channel.ephemeral if message.ephemeral else message.channel.messages
        shelf.remove(message)
        message.channel.deleted.append(message)
        self._tell("MESSAGE_DELETE", message, {"id": str(message.id), "channel_id": str(message.channel.id)})

    def tell_of_pin(self, message: Message) -> None:
        """The message by which everybody in the channel hears that the bot has pinned another."""
        told = self._blank(message.channel, self._world.bot, shown_to=None, interaction=None, kind=6)
        told.reference = message.id
        self._keep(told)

    def _blank(
        self, channel: Channel, author: User, *, shown_to: User | None, interaction: Json | None, kind: int
    ) -> Message:
        message = Message(
            self._world.snowflake(), channel, author, "", [], [], [], EPHEMERAL if shown_to else 0, self._world.clock()
        )
        message.kind = kind
        message.shown_to = shown_to
        message.interaction = interaction
        message.webhook_id = self._world.application_id if interaction else None
        return message

    def _keep(self, message: Message) -> None:
        if message.ephemeral:
            message.channel.ephemeral.append(message)
        else:
            message.channel.messages.append(message)
            self._tell("MESSAGE_CREATE", message, self.payload(message, nonce=True))

    def _fill(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        if "content" in body:
            message.content = (body["content"] or "").strip()
        if "embeds" in body:
            message.embeds = [{"type": "rich", **embed} for embed in body["embeds"] or []]
        if "components" in body:
            message.components = list(body["components"] or [])
        self._attach(message, body, files)
        replied_to = self._reference(message, body)
        if not message.ephemeral:
            audience = message.channel.audience(message.author)
            message.pinged |= pinged_by(message.texts, body.get("allowed_mentions"), audience, replied_to)

    def _reference(self, message: Message, body: Json) -> int | None:
        """The author of the message that this one replies to."""
        reference = body.get("message_reference")
        if not reference:
            return None
        message.reference = int(reference["message_id"])
        message.kind = 19
        original = message.channel.find(message.reference)
        return original.author.id if original else None

    def _attach(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        described = {str(each.get("id")): each for each in body.get("attachments") or []}
        if "attachments" in body:
            message.attachments = [each for each in message.attachments if each["id"] in described]
        for index, file in files.items():
            number = self._world.snowflake()
            about = described.get(str(index), {})
            name = str(about.get("filename") or file.name)
            url = f"{self._files_url}/{message.channel.id}/{number}/{name}"
            attachment = {
                "id": str(number),
                "filename": name,
                "size": len(file.data),
                "content_type": file.content_type,
                "url": url,
                "proxy_url": url,
            }
            if about.get("description"):
                attachment["description"] = about["description"]
            message.attachments.append(attachment)
            message.files[number] = file

    def payload(self, message: Message, *, nonce: bool = False) -> Json:
        """As the API gives it; the nonce only in the answer to the post itself, never in the history."""
        world, pinged = self._world, message.pinged
        payload: Json = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "author": world.user_payload(message.author),
            "content": message.content,
            "embeds": message.embeds,
            "components": message.components,
            "attachments": message.attachments,
            "flags": message.flags,
            "type": message.kind,
            "timestamp": _time(message.created),
            "edited_timestamp": None if message.edited is None else _time(message.edited),
            "tts": False,
            "pinned": message.pinned,
            "mention_everyone": pinged.everyone,
            "mention_roles": [str(role) for role in sorted(pinged.roles)],
            "mentions": [world.user_payload(world.users[user]) for user in sorted(pinged.users)],
        }
        if message.reference is not None:
            payload["message_reference"] = {
                "type": 0,
                "message_id": str(message.reference),
                "channel_id": str(message.channel.id),
            }
        if message.webhook_id is not None:
            payload["webhook_id"] = payload["application_id"] = str(message.webhook_id)
        if message.interaction is not None:
            payload["interaction_metadata"] = message.interaction
        if nonce and message.nonce is not None:
            payload["nonce"] = message.nonce
        return payload

    def _tell(self, event: str, message: Message, data: Json) -> None:
        if message.ephemeral:
            return
        guild = message.channel.guild
        if guild is None:
            self._world.emit(event, data, None, DIRECT_MESSAGES)
            return
        data = {**data, "guild_id": str(guild.id)}
        if event != "MESSAGE_DELETE" and message.author.id in guild.members:
            member = self._world.member_payload(guild.members[message.author.id])
            data["member"] = {key: value for key, value in member.items() if key != "user"}
        self._world.emit(event, data, guild, GUILD_MESSAGES)
