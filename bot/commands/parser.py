"""Command lines: who asks for what, and what a line is understood as."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.commands.registry import ADMIN, BY_NAME, CommandSpec, command_names, verbs
from bot.domain.language import Language
from bot.domain.subscriptions import Address
from bot.domain.text import folded, plain, visible, without_end_marks


class Role(StrEnum):
    """What a person may do; whoever is not known to be an organizer is a member."""

    MEMBER = "member"
    ORGANIZER = "organizer"


@dataclass(frozen=True, slots=True)
class User:
    """Who asks, and from where, as the platform says.

    `channel` is None in a direct message. `community` is the server or workspace, None where the platform doesn't tell
    what the person is there, as in Discord's direct messages. `manages_channel` is whether the person may manage that
    channel, `manages_community` that community; `groups` are the ids of the roles or user groups that the person
    belongs to there. Where the platform couldn't tell, `unchecked` is why: empty if that passes, else the right that
    the bot lacks, as the platform calls it.
    """

    person: Address
    channel: Address | None = None
    community: Address | None = None
    manages_channel: bool = False
    manages_community: bool = False
    groups: frozenset[str] = frozenset()
    name: str = ""
    unchecked: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks: `line` is a command line, with or without its slash; the answer is wanted in `language`.

    Without an `user` nothing can be changed. `values` are the fields of a form that was filled in, by their names.
    """

    line: str
    language: Language
    role: Role = Role.MEMBER
    user: User | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command line understood: the command, its argument as typed (empty if none) and its settings."""

    command: str
    argument: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> CommandSpec:
        """The specification of the command."""
        return BY_NAME[self.command]

    @property
    def line(self) -> str:
        """The command line that says the same, without slash."""
        settings = [f"{name}={value}" for name, value in self.settings.items()]
        return " ".join([self.command, *([self.argument] if self.argument else []), *settings])

    def with_setting(self, name: str, value: str) -> "Invocation":
        """The same with one setting changed."""
        return replace(self, settings={**self.settings, name: value})


class UnknownCommandError(Exception):
    """No command has the name `typed`, which is followed by `rest`; `nearest` is the closest there is, if any is."""

    def __init__(self, typed: str, nearest: str | None = None, rest: str = "") -> None:
        super().__init__(typed)
        self.typed = typed
        self.nearest = nearest
        self.rest = rest


_SETTING = re.compile(r"([a-z]+)=(\S{1,8})")
"""No setting needs a longer value; a line that a person typed stays short enough for a button."""


_FIRST_WORD = re.compile(r"(\S+)\s*(.*)", re.DOTALL)
_LAST_WORD = re.compile(r"(?:^|\s)(\S+)\s*$")

_ATTACHED = re.compile(r"([^\W\d]+)[:：]?((?:#|第)?\d.*)")
"""A name and a number without a space between."""

_NEAR = 0.65
"""How alike a name must be to be offered for an unknown one: `講義一らん` is near one, `remind` is not near `find`."""


def parse(line: str) -> Invocation:
    """The invocation that a command line stands for.

    Raises UnknownCommandError for a name that no command has. An empty line asks for help.
    """
    name, rest = _first_word(visible(line).strip().lstrip("/／").lstrip())
    if not name:
        return Invocation("help")
    spec, rest = _spec(name, rest)
    if spec.name == ADMIN and rest:
        verb, rest = _first_word(rest)
        spec = _verb(verb, rest)
    settings: dict[str, str] = {}
    while (last := _LAST_WORD.search(rest)) and (found := _SETTING.fullmatch(last[1])) and found[1] in spec.settings:
        settings.setdefault(found[1], found[2])
        rest = rest[: last.start()]
    argument = rest.strip() if spec.acts else " ".join(rest.split())
    return Invocation(spec.name, argument, dict(reversed(settings.items())))


def acts(line: str) -> bool:
    """Whether a command line changes something."""
    try:
        return parse(line).spec.acts
    except UnknownCommandError:
        return False


def _first_word(text: str) -> tuple[str, str]:
    """The first word, and what follows it: with its breaks of lines, which texts of commands that act may have."""
    found = _FIRST_WORD.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


def _verb(typed: str, rest: str) -> CommandSpec:
    known = {folded(each): spec for each, spec in verbs().items()}
    spec = known.get(folded(without_end_marks(typed)))
    if spec:
        return spec
    near = difflib.get_close_matches(folded(typed), known, n=1, cutoff=_NEAR)
    raise UnknownCommandError(f"{ADMIN} {typed}", known[near[0]].name if near else ADMIN, rest)


def _spec(typed: str, rest: str) -> tuple[CommandSpec, str]:
    """The command of that name, and what follows it, be it without a space between: `next2`, 資料7."""
    known = {folded(each): spec for each, spec in command_names().items()} | BY_NAME
    name = folded(without_end_marks(typed))
    if name in known:
        return known[name], rest
    attached = _ATTACHED.fullmatch(plain(typed))
    if attached and folded(attached[1]) in known:
        return known[folded(attached[1])], f"{attached[2]} {rest}".strip()
    near = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    raise UnknownCommandError(typed, known[near[0]].name if near else None, rest)
