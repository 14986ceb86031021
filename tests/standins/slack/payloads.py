"""The payloads that Slack sends: commands, block actions, views and events."""

from __future__ import annotations

from typing import Any

from .methods import as_message
from .refusals import Json
from .state import Channel, Message, User, View, Workspace
from .views import as_view


def _app(ws: Workspace) -> Json:
    return {"token": "verification-token", "api_app_id": ws.app_id}


def _place(ws: Workspace, channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.with_user else channel.name}


def command(ws: Workspace, name: str, text: str, user: User, channel: Channel, trigger_id: str) -> Json:
    return {
        **_app(ws),
        "team_id": ws.team_id,
        "team_domain": "standin",
        "channel_id": channel.id,
        "channel_name": _place(ws, channel)["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "is_enterprise_install": "false",
        "trigger_id": trigger_id,
    }


def _interaction(ws: Workspace, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": ws.team_id},
        **_app(ws),
        "team": {"id": ws.team_id, "domain": "standin"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def block_actions(
    ws: Workspace,
    where: Message | View,
    user: User,
    action: Json,
    *,
    trigger_id: str,
    values: Json,
) -> Json:
    """An action on a message (an ephemeral one is not sent along) or on a view."""
    payload = {**_interaction(ws, "block_actions", user), "trigger_id": trigger_id, "actions": [action]}
    if isinstance(where, View):
        container: Json = {"type": "view", "view_id": where.id}
        return {**payload, "container": container, "view": as_view(ws, where, values)}
    container = {
        "type": "message",
        "message_ts": where.ts,
        "channel_id": where.channel,
        "is_ephemeral": where.ephemeral,
    }
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    payload |= {"container": container, "channel": _place(ws, ws.channels[where.channel])}
    if not where.ephemeral:
        payload["message"] = as_message(ws, where, metadata=True)
    return {**payload, "state": {"values": values}}


def shortcut(ws: Workspace, callback_id: str, user: User, trigger_id: str) -> Json:
    """A global shortcut."""
    return {
        **_interaction(ws, "shortcut", user),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "action_ts": ws.ts(),
    }


def block_suggestion(ws: Workspace, where: Message | View, user: User, block: Json, element: Json, typed: str) -> Json:
    payload = {
        **_interaction(ws, "block_suggestion", user),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": typed,
    }
    if isinstance(where, View):
        return {**payload, "container": {"type": "view", "view_id": where.id}, "view": as_view(ws, where)}
    container = {"type": "message", "message_ts": where.ts, "channel_id": where.channel}
    return {**payload, "container": container, "channel": _place(ws, ws.channels[where.channel])}


def view_submission(ws: Workspace, view: View, user: User, trigger_id: str, values: Json) -> Json:
    return {
        **_interaction(ws, "view_submission", user),
        "trigger_id": trigger_id,
        "view": as_view(ws, view, values),
        "response_urls": [],
    }


def view_closed(ws: Workspace, view: View, user: User) -> Json:
    return {**_interaction(ws, "view_closed", user), "view": as_view(ws, view), "is_cleared": False}


def event(ws: Workspace, inner: Json, event_id: str | None = None) -> Json:
    authorization = {
        "enterprise_id": None,
        "team_id": ws.team_id,
        "user_id": ws.bot_user.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        **_app(ws),
        "team_id": ws.team_id,
        "context_team_id": ws.team_id,
        "context_enterprise_id": None,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id or ws.ids.fresh("Ev"),
        "event_time": int(ws.clock.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": ws.ids.fresh("4-"),
    }


def said(ws: Workspace, kind: str, message: Message, **more: Any) -> Json:
    """The inner event for a user's message (`app_mention` or `message`)."""
    inner: Json = {
        "type": kind,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "event_ts": message.ts,
        "channel": message.channel,
        "team": ws.team_id,
        "client_msg_id": ws.ids.fresh("m"),
        **more,
    }
    return {**inner, "thread_ts": message.thread_ts} if message.thread_ts else inner
