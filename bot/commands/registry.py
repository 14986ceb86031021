"""The commands: one specification each gives Discord's command tree, Slack's manifest, completion and the help."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.audience import Topic
from bot.domain.language import LANGUAGES
from bot.phrases import phrases


class ParameterKind(StrEnum):
    """How a parameter is typed and completed."""

    LECTURE = "lecture"
    """A lecture, in any of the forms that `bot.domain.which` understands; completed from the schedule."""
    CHOICE = "choice"
    """One of the parameter's `choices`."""
    CHOICES = "choices"
    """Some of the parameter's `choices`, with commas between them."""
    ROLE = "role"
    """A role on Discord, a user group on Slack, mentioned."""
    WORDS = "words"
    """Free text: all that is left of the line."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command; its description is the phrase `command.<command>.<name>`."""

    name: str
    kind: ParameterKind
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A chat command; its description is the phrase `command.<name>`, its Japanese name `command.<name>.name`.

    `parameters` are typed in any order in which they can be told apart. `settings` are further arguments in the form
    `page=2`, which buttons carry and which may be typed, too; no platform lists them. `terminal_only` commands exist in
    the terminal chat alone. What `acts` changes something, so that it is never answered from what was prepared.
    """

    name: str
    parameters: tuple[Parameter, ...] = ()
    settings: tuple[str, ...] = ()
    terminal_only: bool = False
    acts: bool = False

    @property
    def parameter(self) -> Parameter | None:
        """The parameter that takes all of the argument as it was typed, if there is just one."""
        return self.parameters[0] if len(self.parameters) == 1 else None


MAX_WORDS = 70
"""Longest text argument, in characters, so that a command line fits into a button (Discord: 100)."""

_WHICH = Parameter("which", ParameterKind.LECTURE)

PINGS: Final = "pings"
"""What `/notify` calls the opting in to and out of a channel's pings."""

_WHAT = Parameter("what", ParameterKind.LECTURE, choices=(*Topic, PINGS))

COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec("next"),
    CommandSpec("lecture", (_WHICH,), settings=("part", "page")),
    CommandSpec("materials", (_WHICH,), settings=("page",)),
    CommandSpec(
        "lectures",
        (Parameter("when", ParameterKind.CHOICE, choices=("upcoming", "past", "all")),),
        settings=("page",),
    ),
    CommandSpec("find", (Parameter("words", ParameterKind.WORDS, required=True),), settings=("page",)),
    CommandSpec("register", (_WHICH,)),
    CommandSpec("howto"),
    CommandSpec("calendar", (_WHICH,)),
    CommandSpec("notify", (_WHAT, Parameter("state", ParameterKind.CHOICE, choices=("on", "off"))), acts=True),
    CommandSpec("about"),
    CommandSpec("help"),
    CommandSpec(
        "follow",
        (
            Parameter("topics", ParameterKind.CHOICES, choices=("all", *Topic)),
            Parameter("language", ParameterKind.CHOICE, choices=LANGUAGES),
            Parameter("ping", ParameterKind.ROLE),
        ),
        acts=True,
    ),
    CommandSpec("unfollow", acts=True),
    CommandSpec("clock", (Parameter("moment", ParameterKind.WORDS),), terminal_only=True),
)

BY_NAME = {spec.name: spec for spec in COMMANDS}

NAMES = {phrases(language)(f"command.{spec.name}.name"): spec for spec in COMMANDS for language in LANGUAGES}
"""Specifications by every name a person may type, in either language."""
