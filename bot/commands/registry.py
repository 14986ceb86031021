"""The commands: one specification each gives Discord's command tree, Slack's manifest, completion and the help."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from bot.domain.language import LANGUAGES
from bot.domain.materials import MaterialKind
from bot.domain.subscriptions import Topic
from bot.i18n import phrases


class ParameterKind(StrEnum):
    """How a parameter is typed and completed."""

    LECTURE = "lecture"
    """A lecture, in any of the forms that `bot.commands.lookup` understands; completed from the schedule."""
    CHOICE = "choice"
    """One of the parameter's `choices`."""
    CHOICES = "choices"
    """Some of the parameter's `choices`, with commas between them."""
    ROLE = "role"
    """A role on Discord, a user group on Slack, mentioned."""
    SUGGESTED = "suggested"
    """Free text; the parameter's `choices` are suggested."""
    WORDS = "words"
    """Free text: all that is left of the line."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command; its description is the phrase `command.<command>.<name>`.

    `label` is written before its value where several values are joined to one line. `most` is how long a value can be,
    in characters, where that is less than for other commands of the kind.
    """

    name: str
    kind: ParameterKind
    required: bool = False
    choices: tuple[str, ...] = ()
    label: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A chat command; its description is the phrase `command.<key>`, its Japanese name `command.<key>.name`.

    A name of two words is a verb of a group, such as `admin move`: one command on Slack, a subcommand on Discord.

    `parameters` are typed in any order in which they can be told apart. `settings` are further arguments in the form
    `page=2`, which buttons carry and which may be typed, too; no platform lists them. `terminal_only` commands exist in
    the terminal chat alone. What `acts` changes something, so that it is never answered from what was prepared; what is
    for `organizers` is refused to others, and listed with its group only; what is `pressed` is never typed.
    """

    name: str
    parameters: tuple[Parameter, ...] = ()
    settings: tuple[str, ...] = ()
    terminal_only: bool = False
    acts: bool = False
    organizers: bool = False
    pressed: bool = False

    @property
    def key(self) -> str:
        """The name as it is part of the names of phrases."""
        return self.name.replace(" ", "_")

    @property
    def group(self) -> str | None:
        """The command of which this is a verb."""
        return self.name.partition(" ")[0] if " " in self.name else None

    @property
    def parameter(self) -> Parameter | None:
        """The parameter that takes all of the argument as it was typed, if there is just one."""
        return self.parameters[0] if len(self.parameters) == 1 else None


MAX_WORDS = 70
"""Longest text argument, in characters, so that a command line fits into a button (Discord: 100)."""

MAX_TEXT = 6000
"""Longest text argument of a command that acts: an abstract may be long, and no button repeats it."""

MAX_ANNOUNCEMENT: Final = 1500
"""Longest free text of organizers, in UTF-16 code units: no platform cuts that, whatever has to be escaped in it."""

_MOST: Final = {
    **dict.fromkeys(("number", "field"), 40),
    **dict.fromkeys(("venue", "room", "label", "replaces"), 200),
    **dict.fromkeys(("when", "reason", "ja", "en", "speaker"), 1000),
    **dict.fromkeys(("link", "map", "what"), 2048),
    "text": MAX_ANNOUNCEMENT,
}
"""How long the values of organizers' parameters can be, by name; the others hold as much as `MAX_TEXT`."""

_WHICH = Parameter("which", ParameterKind.LECTURE)

PINGS: Final = "pings"
"""What `/notify` calls the opting in to and out of a channel's pings."""

_WHAT = Parameter("what", ParameterKind.LECTURE, choices=(*Topic, PINGS))

_LECTURE = Parameter("lecture", ParameterKind.LECTURE, required=True)


def _text(name: str, label: str = "", *, required: bool = False) -> Parameter:
    return Parameter(name, ParameterKind.WORDS, required, label=label, most=_MOST.get(name))


def _admin(verb: str, *parameters: Parameter, settings: tuple[str, ...] = (), pressed: bool = False) -> CommandSpec:
    return CommandSpec(f"{ADMIN} {verb}", parameters, settings, acts=True, organizers=True, pressed=pressed)


ADMIN: Final = "admin"

CONFIRM: Final = f"{ADMIN} confirm"
"""What a button runs that has a draft made; nothing is changed by anything else."""

_VERBS: Final = (
    _admin(
        "add",
        _text("number"),
        _text("when"),
        _text("speaker", "speaker: "),
        settings=("sure",),
    ),
    _admin("edit", _LECTURE, _text("field"), _text("value")),
    _admin("move", _LECTURE, _text("when", required=True), settings=("sure",)),
    _admin("postpone", _LECTURE, _text("reason")),
    _admin("cancel", _LECTURE, _text("reason")),
    _admin("restore", _LECTURE, _text("when"), settings=("sure",)),
    _admin("remove", _LECTURE, _text("reason")),
    _admin("venue", _LECTURE, _text("venue"), _text("room", "room: "), _text("map")),
    _admin("title", _LECTURE, _text("ja", "ja: "), _text("en", "en: ")),
    _admin("speaker", _LECTURE, _text("ja", "ja: "), _text("en", "en: ")),
    _admin("material", _LECTURE, _text("label"), _text("link"), _text("replaces", "replaces: ")),
    _admin("registration", _LECTURE, _text("what", required=True)),
    _admin("announce", _text("text"), settings=("to", "of", "draft")),
    _admin("plan", settings=("page",)),
    _admin("pause", _text("until")),
    _admin("resume"),
    _admin("undo", Parameter("lecture", ParameterKind.LECTURE), settings=("of",)),
    _admin("log", Parameter("lecture", ParameterKind.LECTURE), settings=("page",)),
    _admin("sync"),
    _admin("todo", settings=("page",)),
    _admin("channels", settings=("page",)),
    _admin("health"),
    _admin("help", _text("command")),
    _admin("form", _text("draft", required=True), settings=("sure",), pressed=True),
    CommandSpec(CONFIRM, (_text("draft", required=True),), ("how",), acts=True, organizers=True, pressed=True),
    _admin("discard", _text("draft", required=True), pressed=True),
    _admin("posts", _text("draft", required=True), pressed=True),
)

COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec("next", (Parameter("count", ParameterKind.WORDS),), settings=("asked",)),
    CommandSpec("lecture", (_WHICH,), settings=("part", "page", "asked")),
    CommandSpec(
        "materials",
        (Parameter("which", ParameterKind.LECTURE, choices=(MaterialKind.SLIDES, MaterialKind.VIDEO)),),
        settings=("page",),
    ),
    CommandSpec(
        "lectures",
        (Parameter("when", ParameterKind.SUGGESTED, choices=("upcoming", "past", "all")),),
        settings=("page",),
    ),
    CommandSpec("find", (Parameter("words", ParameterKind.WORDS, required=True),), settings=("page",)),
    CommandSpec("register", (_WHICH,)),
    CommandSpec("howto"),
    CommandSpec("calendar", (_WHICH,)),
    CommandSpec(
        "notify",
        (_WHAT, Parameter("state", ParameterKind.CHOICE, choices=("on", "off"))),
        settings=("choose",),
        acts=True,
    ),
    CommandSpec("about"),
    CommandSpec("help", (Parameter("command", ParameterKind.WORDS),)),
    CommandSpec(
        "follow",
        (
            Parameter("topics", ParameterKind.CHOICES, choices=("all", *Topic)),
            Parameter("language", ParameterKind.CHOICE, choices=LANGUAGES),
            Parameter("ping", ParameterKind.ROLE),
            Parameter("card", ParameterKind.CHOICE, choices=("pin", "unpin")),
        ),
        settings=("choose",),
        acts=True,
    ),
    CommandSpec("unfollow", acts=True),
    CommandSpec(ADMIN, acts=True, organizers=True),
    *_VERBS,
    CommandSpec("clock", (Parameter("moment", ParameterKind.WORDS),), terminal_only=True),
)

BY_NAME = {spec.name: spec for spec in COMMANDS}


@cache
def command_names() -> dict[str, CommandSpec]:
    """Specifications by every name a person may type, in either language."""
    return {name: spec for spec in COMMANDS if not spec.group for name in _names(spec)}


@cache
def verbs() -> dict[str, CommandSpec]:
    """The verbs of organizers by every name a person may type."""
    return {name: spec for spec in _VERBS for name in ([spec.name.partition(" ")[2]] if spec.pressed else _names(spec))}


def _names(spec: CommandSpec) -> list[str]:
    return [phrases(language)(f"command.{spec.key}.name") for language in LANGUAGES]
