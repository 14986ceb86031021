"""A command as the client sends it: found among the registered ones, its options checked and typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .command_form import BOOLEAN, CHANNEL, GROUP, INTEGER, NUMBER, ROLE, STRING, SUBCOMMAND, USER
from .refusals import Json
from .world import Channel, Role, World
from .world import User as Person


class NotOfferedError(LookupError):
    """The client does not offer this command, or not here, or not with such options."""


def find_command(commands: Iterable[Json], name: str, *, direct: bool) -> tuple[Json, list[Json]]:
    """The registered command, and the way down to the subcommand that is meant."""
    known = {command["name"]: command for command in commands if command["type"] == 1}
    first, *rest = name.split()
    if first not in known:
        raise NotOfferedError(f"/{first} is not registered, only {sorted(known)}")
    command = known[first]
    contexts = command.get("contexts")
    if direct and ((contexts is not None and 1 not in contexts) or command.get("dm_permission") is False):
        raise NotOfferedError(f"/{first} is not offered in direct messages")
    path: list[Json] = []
    node = command
    for word in rest:
        below = {each["name"]: each for each in node.get("options") or [] if each["type"] in (SUBCOMMAND, GROUP)}
        if word not in below:
            raise NotOfferedError(f"/{name}: {word!r} is not among {sorted(below)}")
        node = below[word]
        path.append(node)
    if any(each["type"] in (SUBCOMMAND, GROUP) for each in node.get("options") or []):
        raise NotOfferedError(f"/{name} needs a subcommand")
    return command, path


def _wrapped(command: Json, path: list[Json], options: list[Json], resolved: Json) -> Json:
    for node in reversed(path):
        options = [{"name": node["name"], "type": node["type"], "options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": options}
    if resolved:
        data["resolved"] = resolved
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def fitted(
    world: World, command: Json, path: list[Json], options: Mapping[str, Any] | list[Json], channel: Channel
) -> Json:
    """The data of a command interaction; what a client would not let through raises NotOfferedError."""
    if isinstance(options, list):
        return _wrapped(command, path, options, {})
    specs = {each["name"]: each for each in (path[-1] if path else command).get("options") or []}
    if unknown := set(options) - set(specs):
        raise NotOfferedError(f"/{command['name']} has no options {sorted(unknown)}, only {sorted(specs)}")
    if missing := [name for name, spec in specs.items() if spec.get("required") and name not in options]:
        raise NotOfferedError(f"/{command['name']} needs {missing}")
    resolved: Json = {}
    sent = []
    for name, spec in specs.items():
        if name in options:
            value = _value(world, spec, options[name], channel, resolved)
            sent.append({"name": name, "type": spec["type"], "value": value})
    return _wrapped(command, path, sent, resolved)


def focused(
    world: World, command: Json, path: list[Json], options: Mapping[str, Any], option: str, typed: str
) -> tuple[Json, int]:
    """The data of an autocomplete interaction, and the kind of the option in focus."""
    specs = {each["name"]: each for each in (path[-1] if path else command).get("options") or []}
    if not specs.get(option, {}).get("autocomplete"):
        raise NotOfferedError(f"/{command['name']} completes {[n for n, s in specs.items() if s.get('autocomplete')]}")
    resolved: Json = {}
    sent = []
    for name, spec in specs.items():
        if name == option:
            sent.append({"name": name, "type": spec["type"], "value": typed, "focused": True})
        elif name in options:
            value = _value(world, spec, options[name], None, resolved)
            sent.append({"name": name, "type": spec["type"], "value": value})
    return _wrapped(command, path, sent, resolved), int(specs[option]["type"])


def _value(world: World, spec: Json, value: Any, channel: Channel | None, resolved: Json) -> Any:
    kind, name = spec["type"], spec["name"]
    if kind == STRING:
        if not isinstance(value, str) or not value:
            raise NotOfferedError(f"{name} is a text, not {value!r}")
        if not (spec.get("min_length") or 0) <= len(value) <= (spec.get("max_length") or 6000):
            raise NotOfferedError(f"{name} has the wrong length: {len(value)}")
    elif kind == BOOLEAN:
        if not isinstance(value, bool):
            raise NotOfferedError(f"{name} is true or false, not {value!r}")
    elif kind in (INTEGER, NUMBER):
        _check_number(spec, value)
    elif kind in (USER, CHANNEL, ROLE):
        return _resolved(world, kind, value, channel, resolved)
    choices = [choice["value"] for choice in spec.get("choices") or []]
    if choices and value not in choices:
        raise NotOfferedError(f"{name} is one of {choices}, not {value!r}")
    return value


def _check_number(spec: Json, value: Any) -> None:
    allowed = (int,) if spec["type"] == INTEGER else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed):
        raise NotOfferedError(f"{spec['name']} is a number, not {value!r}")
    least, most = spec.get("min_value"), spec.get("max_value")
    if (least is not None and value < least) or (most is not None and value > most):
        raise NotOfferedError(f"{spec['name']} is from {least} to {most}, not {value}")


def _resolved(world: World, kind: int, value: Any, channel: Channel | None, resolved: Json) -> str:
    """An id, with what it stands for put among the resolved things."""
    number = value if isinstance(value, int) else int(value.id)
    guild = channel.guild if channel else world.guild
    if kind == USER:
        user = value if isinstance(value, Person) else world.users[number]
        resolved.setdefault("users", {})[str(number)] = world.user_payload(user)
        if guild is not None and number in guild.members:
            member = world.member_payload(guild.members[number])
            there = channel.rights_of(user) if channel else guild.rights_of(user)
            bare = {key: part for key, part in member.items() if key != "user"} | {"permissions": str(int(there))}
            resolved.setdefault("members", {})[str(number)] = bare
    elif kind == CHANNEL:
        payload = world.channel_payload(world.channels[number]) | {"permissions": "0"}
        resolved.setdefault("channels", {})[str(number)] = payload
    else:
        assert guild is not None
        role = value if isinstance(value, Role) else guild.roles[number]
        resolved.setdefault("roles", {})[str(number)] = world.role_payload(role)
    return str(number)
