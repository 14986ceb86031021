"""Whom a message would really ping, given its `allowed_mentions`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .refusals import Form, Json

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Pinged:
    """Who was notified; false when nobody was."""

    everyone: bool = False
    roles: frozenset[int] = frozenset()
    users: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everyone or bool(self.roles) or bool(self.users)

    def __or__(self, other: Pinged) -> Pinged:
        return Pinged(self.everyone or other.everyone, self.roles | other.roles, self.users | other.users)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can be pinged in a channel: its users, its roles (mentionable or not) and whether the author may ping all."""

    users: frozenset[int]
    roles: Mapping[int, bool]
    may_ping_all: bool


def check_allowed_mentions(form: Form, value: object) -> None:
    if value is None:
        return
    path = ("allowed_mentions",)
    if not isinstance(value, dict):
        form.wrong(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return
    parse = value.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in ("roles", "users", "everyone"):
            form.wrong(
                (*path, "parse", index), "BASE_TYPE_CHOICES", "Value must be one of ('roles', 'users', 'everyone')."
            )
    for kind in ("roles", "users"):
        listed = value.get(kind) or []
        if listed and kind in parse:
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            form.wrong(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)
        if len(listed) > 100:
            form.wrong((*path, kind), "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")


def pinged_by(texts: Iterable[str], allowed: Json | None, audience: Audience, replied_to: int | None) -> Pinged:
    """Without `allowed_mentions` everything counts. Mentions in code count too, which is stricter than Discord."""
    text = "\n".join(texts)
    users = {int(found) for found in _USER.findall(text)} & audience.users
    roles = {int(found) for found in _ROLE.findall(text)}
    roles = {role for role in roles if role in audience.roles and (audience.roles[role] or audience.may_ping_all)}
    everyone = audience.may_ping_all and bool(_EVERYONE.search(text))
    replied = replied_to is not None
    if allowed is not None:
        parse = allowed.get("parse") or []
        if "users" not in parse:
            users &= {int(each) for each in allowed.get("users") or []}
        if "roles" not in parse:
            roles &= {int(each) for each in allowed.get("roles") or []}
        everyone = everyone and "everyone" in parse
        replied = replied and bool(allowed.get("replied_user"))
    if replied and replied_to is not None:
        users.add(replied_to)
    return Pinged(everyone, frozenset(roles), frozenset(users))
