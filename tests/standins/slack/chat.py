"""Posting, editing and deleting messages, by whichever way they come in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from .blocks import checked_blocks
from .methods import as_message, visible_channel
from .mrkdwn import flaws, pings
from .refusals import Args, Json, RefusedError
from .state import Channel, File, Message, Workspace
from .web_api import Api, method


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, checked."""

    text: str
    blocks: list[Json]
    attachments: list[Json]
    metadata: Json | None
    pinged: list[str]
    flaws: list[str]


def compose(ws: Workspace, args: Args, *, longest: int = 40_000) -> Content:
    """The content of a message as Slack would store it, or `RefusedError`."""
    text = args.get("text") or ""
    if not isinstance(text, str):
        raise RefusedError("invalid_arguments", messages=["must be a string: text"])
    blocks = checked_blocks(args.parsed("blocks", "invalid_blocks_format") or [], lambda: ws.ids.fresh("b"))
    attachments = _attachments(ws, args)
    if not text.strip() and not blocks and not attachments:
        raise RefusedError("no_text")
    if len(text) > longest:
        raise RefusedError("msg_too_long")
    names = tuple(each.name for each in ws.users)
    link_names = args.flag("link_names") or args.get("parse") == "full"
    pinged = pings(text, [blocks, attachments], link_names=link_names, names=names)
    for each in attachments:
        pinged += pings(" ".join(str(each.get(name, "")) for name in ("pretext", "text")), [], link_names=link_names)
    found = flaws(text, [blocks, attachments])
    if not text.strip():
        found.append("no top-level text: notifications have nothing to say")
    ws.flaws += found
    return Content(text, blocks, attachments, _metadata(args), pinged, found)


def _attachments(ws: Workspace, args: Args) -> list[Json]:
    attachments = args.parsed("attachments", "invalid_attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise RefusedError("invalid_attachments")
    if len(attachments) > 100:
        raise RefusedError("too_many_attachments")
    fresh: list[Json] = []
    for each in attachments:
        blocks = checked_blocks(each["blocks"], lambda: ws.ids.fresh("b")) if "blocks" in each else None
        fresh.append({**each, "blocks": blocks} if blocks is not None else each)
    return fresh


def _metadata(args: Args) -> Json | None:
    metadata = args.parsed("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None
    if not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
        and set(metadata) <= {"event_type", "event_payload", "entities"}
    ):
        raise RefusedError("invalid_metadata_format")
    if len(json.dumps(metadata)) > 16_000:
        raise RefusedError("metadata_too_large")
    return metadata


def store(
    ws: Workspace,
    channel: Channel,
    content: Content,
    args: Args,
    *,
    via: str,
    ephemeral_to: str | None = None,
    files: list[File] | None = None,
) -> Message:
    """Adds a message of the bot to its channel."""
    thread = args.get("thread_ts")
    message = Message(
        channel=channel.id,
        ts=ws.ts(),
        user=ws.bot_user.id,
        bot_id=ws.bot_id,
        text=content.text,
        via=via,
        blocks=content.blocks,
        attachments=content.attachments,
        metadata=content.metadata,
        thread_ts=str(thread) if thread else None,
        ephemeral_to=ephemeral_to,
        pinged=content.pinged,
        flaws=content.flaws,
        files=files or [],
        arguments=dict(args),
    )
    (channel.ephemeral if ephemeral_to else channel.history).append(message)
    ws.pulse.beat()
    return message


def rewrite(message: Message, content: Content, **fields: Any) -> None:
    """Edits a message in place and keeps what it said before."""
    message.versions.append({"text": message.text, "blocks": message.blocks, "metadata": message.metadata})
    message.text, message.blocks = content.text, content.blocks
    message.attachments = content.attachments
    message.pinged, message.flaws = content.pinged, content.flaws
    for name, value in fields.items():
        setattr(message, name, value)


def remove(ws: Workspace, message: Message) -> None:
    channel = ws.channels[message.channel]
    (channel.ephemeral if message.ephemeral else channel.history).remove(message)
    channel.deleted.append(message)
    if message in channel.pinned:
        channel.pinned.remove(message)
    message.deleted = True


def _writable(api: Api, channel_id: str) -> Channel:
    ws = api.ws
    if channel_id in ws.users:
        return ws.channels.direct(channel_id)
    by_name = (each.id for each in ws.channels if channel_id.startswith("#") and each.name == channel_id[1:])
    channel = visible_channel(ws, next(by_name, channel_id))
    if channel.archived:
        raise RefusedError("is_archived")
    if not channel.bot_is_member and "chat:write.public" not in ws.scopes:
        raise RefusedError("not_in_channel")
    return channel


def _thread(args: Args) -> None:
    thread = args.get("thread_ts")
    if thread and not re.fullmatch(r"\d+\.\d{6}", str(thread)):
        raise RefusedError("invalid_thread_ts")


_CONTENT = "channel text blocks attachments link_names parse thread_ts"


@method(
    "chat.postMessage",
    f"{_CONTENT} metadata reply_broadcast unfurl_links unfurl_media mrkdwn username icon_emoji icon_url as_user",
    scope="chat:write",
)
def post_message(api: Api, args: Args) -> Json:
    channel = _writable(api, args.need("channel"))
    _thread(args)
    message = store(api.ws, channel, compose(api.ws, args), args, via="chat.postMessage")
    return {"channel": channel.id, "ts": message.ts, "message": as_message(api.ws, message, metadata=True)}


@method("chat.postEphemeral", f"{_CONTENT} user username icon_emoji icon_url as_user", scope="chat:write")
def post_ephemeral(api: Api, args: Args) -> Json:
    channel, user = _writable(api, args.need("channel")), args.need("user")
    if user not in api.ws.users or user in channel.absent:
        raise RefusedError("user_not_in_channel")
    _thread(args)
    content = compose(api.ws, args)
    message = store(api.ws, channel, content, args, via="chat.postEphemeral", ephemeral_to=user)
    return {"message_ts": message.ts}


def _own(api: Api, args: Args, refusal: str) -> Message:
    channel = visible_channel(api.ws, args.need("channel"))
    ts = args.need("ts")
    message = next((each for each in channel.history if each.ts == ts), None)
    if message is None:
        raise RefusedError("message_not_found")
    if message.bot_id != api.ws.bot_id:
        raise RefusedError(refusal)
    if channel.archived:
        raise RefusedError("is_archived")
    return message


@method(
    "chat.update",
    "channel ts text blocks attachments link_names parse metadata reply_broadcast file_ids as_user",
    scope="chat:write",
)
def update(api: Api, args: Args) -> Json:
    message = _own(api, args, "cant_update_message")
    whole = Args(args)
    if args.get("text") is None:  # blocks are kept only when no text is given either
        whole["text"] = message.text
        whole.setdefault("blocks", message.blocks)
        whole.setdefault("attachments", message.attachments)
    content = compose(api.ws, whole, longest=4000)
    metadata = content.metadata if "metadata" in args else message.metadata
    rewrite(message, content, metadata=metadata)
    shown = as_message(api.ws, message, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "channel ts as_user", scope="chat:write")
def delete(api: Api, args: Args) -> Json:
    message = _own(api, args, "cant_delete_message")
    remove(api.ws, message)
    return {"channel": message.channel, "ts": message.ts}


@method("pins.add", "channel timestamp", scope="pins:write")
def pin(api: Api, args: Args) -> Json:
    channel = visible_channel(api.ws, args.need("channel"))
    if not channel.bot_is_member:
        raise RefusedError("not_in_channel")
    message = next((each for each in channel.history if each.ts == args.need("timestamp")), None)
    if message is None:
        raise RefusedError("message_not_found")
    if message in channel.pinned:
        raise RefusedError("already_pinned")
    channel.pinned.append(message)
    return {}
