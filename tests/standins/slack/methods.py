"""The Web API methods that tell about the app, people and conversations."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from .refusals import Args, Json, RefusedError
from .state import Channel, Message, Workspace
from .web_api import Api, method, page


@method("auth.test", by="any")
def auth_test(api: Api, args: Args) -> Json:
    ws = api.ws
    return {
        "url": "https://standin.slack.com/",
        "team": "Stand-in",
        "user": ws.bot_user.name,
        "team_id": ws.team_id,
        "user_id": ws.bot_user.id,
        "bot_id": ws.bot_id,
        "app_id": ws.app_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", by="app")
def connections_open(api: Api, args: Args) -> Json:
    return {"url": api.open_socket()}


@method("bots.info", "bot", scope="users:read")
def bots_info(api: Api, args: Args) -> Json:
    ws = api.ws
    if args.get("bot", ws.bot_id) != ws.bot_id:
        raise RefusedError("bot_not_found")
    names: Json = {"name": ws.bot_user.name, "app_id": ws.app_id, "user_id": ws.bot_user.id}
    return {"bot": {"id": ws.bot_id, "deleted": False, "updated": 1700000000, "icons": {}, **names}}


@method("users.info", "user include_locale", scope="users:read")
def users_info(api: Api, args: Args) -> Json:
    user = api.ws.users.get(args.need("user"))
    if user is None:
        raise RefusedError("user_not_found")
    return {"user": api.ws.as_user(user, locale=args.flag("include_locale"))}


@method("users.list", "cursor limit include_locale", scope="users:read")
def users_list(api: Api, args: Args) -> Json:
    users, cursor = page(list(api.ws.users), args, 200, 1000)
    members = [api.ws.as_user(each, locale=args.flag("include_locale")) for each in users]
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


@method("usergroups.users.list", "usergroup include_disabled", scope="usergroups:read")
def usergroups_users_list(api: Api, args: Args) -> Json:
    group = api.ws.usergroups.get(args.need("usergroup"))
    if group is None:
        raise RefusedError("no_such_subteam")
    return {"users": group.users}


def visible_channel(ws: Workspace, channel_id: str) -> Channel:
    """A conversation that the bot may know of: private ones only as a member."""
    channel = ws.channels.get(channel_id)
    if channel is None or (channel.private and not channel.bot_is_member):
        raise RefusedError("channel_not_found")
    return channel


@method("conversations.info", "channel include_locale include_num_members")
def conversations_info(api: Api, args: Args) -> Json:
    channel = visible_channel(api.ws, args.need("channel"))
    api.require(f"{channel.kind}:read")
    shown: dict[str, Any] = {
        "id": channel.id,
        "is_im": channel.kind == "im",
        "is_archived": channel.archived,
        "is_private": channel.private,
    }
    if channel.with_user:
        return {"channel": {**shown, "user": channel.with_user, "is_open": True}}
    if args.flag("include_num_members"):
        shown["num_members"] = len(api.ws.users) - len(channel.absent)
    kinds = {"is_channel": channel.kind == "channels", "is_group": channel.kind == "groups", "is_mpim": False}
    return {"channel": {**shown, **kinds, "name": channel.name, "is_member": channel.bot_is_member}}


@method("users.conversations", "cursor exclude_archived limit team_id types user", scope="channels:read")
def users_conversations(api: Api, args: Args) -> Json:
    wanted = str(args.get("types") or "public_channel").split(",")
    kinds = {"public_channel": "channels", "private_channel": "groups"}
    meant = {kinds[each] for each in wanted if each in kinds}
    there = [
        each
        for each in api.ws.channels
        if each.bot_is_member and each.kind in meant and not (args.flag("exclude_archived") and each.archived)
    ]
    shown, cursor = page(there, args, 100, 999)
    found = [{"id": each.id, "name": each.name, "is_private": each.private} for each in shown]
    return {"channels": found, "response_metadata": {"next_cursor": cursor}}


@method("usergroups.list", "include_count include_disabled include_users team_id", scope="usergroups:read")
def usergroups_list(api: Api, args: Args) -> Json:
    return {"usergroups": [{"id": each.id, "handle": each.handle, "name": each.handle} for each in api.ws.usergroups]}


@method("conversations.open", "users channel return_im prevent_creation", scope="im:write")
def conversations_open(api: Api, args: Args) -> Json:
    wanted = args.get("users")
    users = wanted if isinstance(wanted, list) else args.need("users").split(",")
    if len(users) != 1:
        raise RefusedError("not_enough_users" if not users else "method_not_supported_for_channel_type")
    user = api.ws.users.get(users[0])
    if user is None:
        raise RefusedError("user_not_found")
    if user.deleted or user.bot:
        raise RefusedError("user_disabled" if user.deleted else "cannot_dm_bot")
    known = any(each.with_user == user.id for each in api.ws.channels)
    channel = api.ws.channels.direct(user)
    return {"channel": {"id": channel.id}, **({"no_op": True, "already_open": True} if known else {})}


def _moment(args: Args, name: str) -> Decimal | None:
    value = args.get(name)
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise RefusedError(f"invalid_ts_{name}") from None


@method("conversations.history", "channel cursor include_all_metadata inclusive latest limit oldest")
def conversations_history(api: Api, args: Args) -> Json:
    channel = visible_channel(api.ws, args.need("channel"))
    api.require(f"{channel.kind}:history")
    if not channel.bot_is_member:
        raise RefusedError("not_in_channel")
    oldest, latest, edge = _moment(args, "oldest"), _moment(args, "latest"), args.flag("inclusive")

    def wanted(message: Message) -> bool:
        at = Decimal(message.ts)
        after = oldest is None or at > oldest or (edge and at == oldest)
        before = latest is None or at < latest or (edge and at == latest)
        in_thread = message.thread_ts not in (None, message.ts)
        return after and before and (not in_thread or bool(message.arguments.get("reply_broadcast")))

    found = [each for each in reversed(channel.history) if wanted(each)]
    messages, cursor = page(found, args, 100, 999)
    shown = [as_message(api.ws, each, metadata=args.flag("include_all_metadata")) for each in messages]
    answer: Json = {"messages": shown, "has_more": bool(cursor), "pin_count": 0}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def as_message(ws: Workspace, message: Message, *, metadata: bool) -> Json:
    """A message as the API shows it; metadata only where it was asked for."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": ws.team_id}
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": ws.app_id}
    for name, value in (
        ("blocks", message.blocks),
        ("attachments", message.attachments),
        ("thread_ts", message.thread_ts),
        ("metadata", message.metadata if metadata else None),
        ("files", [{"id": each.id, "name": each.name, "title": each.title} for each in message.files]),
    ):
        if value:
            shown[name] = value
    if message.versions and not message.blocks:
        shown["edited"] = {"user": message.user, "ts": f"{ws.clock.now():.0f}.000000"}
    return shown
