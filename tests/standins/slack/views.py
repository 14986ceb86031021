"""App Home and modals: publishing, opening and changing views."""

from __future__ import annotations

from typing import Any

from .blocks import checked_view
from .refusals import Args, Json, RefusedError
from .state import View, Workspace
from .web_api import Api, method

TRIGGER_LIFE = 3.0


def as_view(ws: Workspace, view: View, state: Json | None = None) -> Json:
    """A view as the API and interaction payloads show it."""
    names = ("private_metadata", "callback_id", "external_id")
    flags = ("clear_on_close", "notify_on_close", "submit_disabled")
    return {
        "id": view.id,
        "team_id": ws.team_id,
        **dict.fromkeys(names, ""),
        **dict.fromkeys(flags, False),
        "title": None,
        "close": None,
        "submit": None,
        **view.body,
        "state": {"values": state or {}},
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": ws.app_id,
        "bot_id": ws.bot_id,
        "app_installed_team_id": ws.team_id,
    }


def new_view(ws: Workspace, user: str, body: Any, kind: str, below: View | None = None) -> View:
    """A checked view that is not shown yet."""
    checked = checked_view(body, kind, lambda: ws.ids.fresh("b"))
    external = checked.get("external_id")
    if external and any(each.body.get("external_id") == external for each in ws.modals.get(user, [])):
        raise RefusedError("duplicate_external_id")
    view_id = ws.ids.fresh("V")
    root = below.root_id if below else view_id
    return View(view_id, user, checked, _hash(ws), root, below.id if below else None)


def change_view(ws: Workspace, view: View, body: Any) -> None:
    view.body = checked_view(body, view.body["type"], lambda: ws.ids.fresh("b"))
    view.hash = _hash(ws)


def _hash(ws: Workspace) -> str:
    return f"{ws.clock.now():.0f}.{ws.ids.fresh('h')}"


def _same(view: View | None, args: Args) -> None:
    if view is not None and args.get("hash") not in (None, "", view.hash):
        raise RefusedError("hash_conflict")


@method("views.publish", "user_id view hash")
def publish(api: Api, args: Args) -> Json:
    user = args.need("user_id")
    if user not in api.ws.users:
        raise RefusedError("user_not_found")
    shown = api.ws.homes.get(user)
    _same(shown, args)
    view = new_view(api.ws, user, args.parsed("view", "invalid_arguments"), "home")
    if shown is not None:
        view.id = view.root_id = shown.id
    api.ws.homes.put(view)
    return {"view": as_view(api.ws, view)}


@method("views.open", "trigger_id view interactivity_pointer")
def open_view(api: Api, args: Args) -> Json:
    trigger = api.ws.triggers.get(args.need("trigger_id"))
    if trigger is None:
        raise RefusedError("invalid_trigger_id")
    if trigger.used:
        raise RefusedError("exchanged_trigger_id")
    if api.ws.clock.now() - trigger.issued > TRIGGER_LIFE:
        raise RefusedError("expired_trigger_id")
    view = new_view(api.ws, trigger.user, args.parsed("view", "invalid_arguments"), "modal")
    trigger.used = True
    api.ws.modals[trigger.user] = [view]
    return {"view": as_view(api.ws, view)}


@method("views.update", "view_id external_id view hash")
def update_view(api: Api, args: Args) -> Json:
    if args.get("view_id"):
        view = api.ws.view(args.need("view_id"))
    else:
        external = args.need("external_id")
        stacks = (each for stack in api.ws.modals.values() for each in stack)
        view = next((each for each in stacks if each.body.get("external_id") == external), None)
    if view is None:
        raise RefusedError("not_found")
    _same(view, args)
    change_view(api.ws, view, args.parsed("view", "invalid_arguments"))
    return {"view": as_view(api.ws, view)}
