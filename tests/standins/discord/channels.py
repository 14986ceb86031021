"""The routes of channels and their messages."""

from __future__ import annotations

from .message_form import CROSSPOSTED
from .messages import Message, Messages
from .refusals import (
    Form,
    Json,
    closed_to_messages,
    missing_access,
    missing_permissions,
    no_text_channel,
    not_the_author,
    reply_without_history,
    thread_archived,
    unknown_channel,
    unknown_message,
    unknown_user,
    wrong_kind_of_channel,
)
from .rest import Call, Route
from .rights import Right
from .world import ANNOUNCEMENTS, FORUM, Channel, World


class ChannelRoutes:
    """`nonce_window` is for how many seconds a repeated nonce gives the first message back."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages
        self.nonce_window = 180.0

    def routes(self) -> list[Route]:
        one, many = "/channels/{channel}/messages/{message}", "/channels/{channel}/messages"
        return [
            Route("POST", "/users/@me/channels", self.open_dm, payload="conversation"),
            Route("GET", "/channels/{channel}", self.channel),
            Route("PATCH", "/channels/{channel}", self.modify, bucket="channel", payload="wake"),
            Route("POST", one + "/crosspost", self.publish, bucket="channel"),
            Route("POST", "/channels/{channel}/typing", self.typing, bucket="channel"),
            Route("POST", many, self.create, bucket="channel", payload="message_create"),
            Route("GET", many, self.history, bucket="channel"),
            Route("GET", one, self.message, bucket="channel"),
            Route("PATCH", one, self.edit, bucket="channel", payload="message_edit"),
            Route("DELETE", one, self.delete, bucket="channel"),
            Route("PUT", "/channels/{channel}/messages/pins/{message}", self.pin, bucket="channel"),
        ]

    def _seen(self, call: Call) -> tuple[Channel, Right]:
        """The channel if the bot can see it, and what it may do there."""
        channel = self._world.channels.get(call.id("channel"))
        if channel is None:
            raise unknown_channel()
        rights = channel.rights_of(self._world.bot)
        if not rights & Right.VIEW_CHANNEL:
            raise missing_access()
        return channel, rights

    async def open_dm(self, call: Call) -> Json:
        user = self._world.users.get(int(call.body.get("recipient_id") or 0))
        if user is None:
            raise unknown_user()
        return self._world.channel_payload(self._world.dm(user))

    async def channel(self, call: Call) -> Json:
        return self._world.channel_payload(self._seen(call)[0])

    async def modify(self, call: Call) -> Json:
        """Wakes a thread; nothing else of a channel is changed here."""
        channel, rights = self._seen(call)
        if channel.parent is None:
            raise wrong_kind_of_channel()
        if not rights & Right.SEND_MESSAGES:
            raise missing_permissions()
        self._world.set_archived(channel, archived=bool(call.body["archived"]))
        return self._world.channel_payload(channel)

    async def publish(self, call: Call) -> Json:
        """Shows a message of an announcement channel to those who follow it from elsewhere."""
        message, rights = self._found(call)
        if message.channel.kind != ANNOUNCEMENTS:
            raise wrong_kind_of_channel()
        if not rights & Right.SEND_MESSAGES:
            raise missing_permissions()
        message.flags |= CROSSPOSTED
        return self._messages.payload(message)

    async def typing(self, call: Call) -> None:
        if not self._seen(call)[1] & Right.SEND_MESSAGES:
            raise missing_permissions()

    async def create(self, call: Call) -> Json:
        channel, rights = self._seen(call)
        body = call.body
        if channel.recipient is not None and not channel.recipient.accepts_dms:
            raise closed_to_messages()
        needed = Right.SEND_MESSAGES
        if body.get("embeds"):
            needed |= Right.EMBED_LINKS
        if call.files:
            needed |= Right.ATTACH_FILES
        if rights & needed != needed:
            raise missing_permissions()
        if channel.kind == FORUM:
            raise no_text_channel()
        if channel.archived:
            self._world.set_archived(channel, archived=False)
        self._check_reference(channel, rights, body)
        first = self._same_nonce(channel, body)
        if first is None:
            first = self._messages.write(channel, self._world.bot, body, call.files)
        return self._messages.payload(first, nonce=True)

    def _check_reference(self, channel: Channel, rights: Right, body: Json) -> None:
        reference = body.get("message_reference")
        if not reference:
            return
        if not rights & Right.READ_MESSAGE_HISTORY:
            raise reply_without_history()
        if channel.find(int(reference["message_id"])) is None and reference.get("fail_if_not_exists", True):
            form = Form()
            form.wrong(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            form.finish()

    def _same_nonce(self, channel: Channel, body: Json) -> Message | None:
        nonce = body.get("nonce")
        if nonce is None or not body.get("enforce_nonce"):
            return None
        since = self._world.clock() - self.nonce_window
        every = [*channel.messages, *channel.deleted]
        matching = (m for m in every if str(m.nonce) == str(nonce) and m.author is self._world.bot)
        first = next((m for m in matching if m.created >= since), None)
        if first in channel.deleted:
            raise unknown_message()  # discord-api-docs#6647
        return first

    def _found(self, call: Call) -> tuple[Message, Right]:
        channel, rights = self._seen(call)
        message = channel.find(call.id("message"))
        if message is None:
            raise unknown_message()
        return message, rights

    async def message(self, call: Call) -> Json:
        message, rights = self._found(call)
        if not rights & Right.READ_MESSAGE_HISTORY:
            raise missing_access()
        return self._messages.payload(message)

    async def edit(self, call: Call) -> Json:
        message, rights = self._found(call)
        if message.author is not self._world.bot:
            raise not_the_author()
        if message.channel.archived:
            raise thread_archived()
        if call.body.get("embeds") and not rights & Right.EMBED_LINKS:
            raise missing_permissions()
        self._messages.edit(message, call.body, call.files)
        return self._messages.payload(message)

    async def delete(self, call: Call) -> None:
        message, rights = self._found(call)
        if message.author is not self._world.bot and not rights & Right.MANAGE_MESSAGES:
            raise missing_permissions()
        self._messages.delete(message)

    async def pin(self, call: Call) -> None:
        """One that is pinned stays so; of a new one the channel is told, in the name of whoever pinned it."""
        message, rights = self._found(call)
        if not rights & Right.PIN_MESSAGES:
            raise missing_permissions()
        if message.channel.archived:
            raise thread_archived()
        if not message.pinned:
            message.pinned = True
            self._messages.tell_of_pin(message)

    async def history(self, call: Call) -> list[Json]:
        """Newest first; empty, and no error, without the right to read it."""
        channel, rights = self._seen(call)
        form = Form()
        given = call.query.get("limit", "50")
        limit = form.number(("limit",), int(given) if given.isdigit() else -1, 1, 100) or 0
        form.finish()
        if not rights & Right.READ_MESSAGE_HISTORY:
            return []
        found = sorted(channel.messages, key=lambda message: message.id, reverse=True)
        bounds = {name: int(value) for name, value in call.query.items() if name in ("before", "after", "around")}
        if "around" in bounds:
            return self._payloads(_around(found, bounds["around"], limit))
        if "before" in bounds:
            return self._payloads([m for m in found if m.id < bounds["before"]][:limit])
        if "after" in bounds:
            return self._payloads([m for m in found if m.id > bounds["after"]][-limit:])
        return self._payloads(found[:limit])

    def _payloads(self, messages: list[Message]) -> list[Json]:
        return [self._messages.payload(message) for message in messages]


def _around(found: list[Message], middle: int, limit: int) -> list[Message]:
    """The message, and on both sides of it as many as there is room for."""
    newer = [message for message in found if message.id > middle]
    rest = [message for message in found if message.id <= middle]
    half = (limit - 1) // 2
    return [*newer[len(newer) - min(half, len(newer)) :], *rest[: limit - half]]
