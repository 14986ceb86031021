"""Which word of a command line is which parameter, where a command has several: each is known by what it looks like."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.commands.registry import Parameter, ParameterKind
from bot.domain.language import LANGUAGES
from bot.domain.text import folded, without_end_marks
from bot.i18n import phrases

_ROLE: Final = re.compile(r"<(?:@&(\d{1,20})|!subteam\^(S[A-Z0-9]{1,20})(?:\|[^<>]*)?)>")
NO_ROLE: Final = "none"
"""What is typed instead of a role for none."""

_FREE: Final = (ParameterKind.LECTURE, ParameterKind.SUGGESTED, ParameterKind.WORDS)


class ArgumentError(ValueError):
    """A word of the line is no value of any parameter that is still missing; it is the only argument."""


def bound(parameters: Sequence[Parameter], argument: str) -> Mapping[str, str]:
    """The values by the names of their parameters, those that are missing left out.

    A choice is given as its name, several with commas between, a role as its id. What fits no other parameter goes to
    the one that takes free text; without such a one it raises ArgumentError.
    """
    values: dict[str, str] = {}
    rest: list[str] = []
    for word in argument.split():
        for parameter in parameters:
            value = _value(parameter, word) if parameter.name not in values else None
            if value is not None:
                values[parameter.name] = value
                break
        else:
            rest.append(word)
    free = next((each for each in parameters if each.kind in _FREE and each.name not in values), None)
    if rest and not free:
        raise ArgumentError(rest[0])
    if rest and free:
        values[free.name] = " ".join(rest)
    return values


def choice_meant(choices: Sequence[str], typed: str) -> str | None:
    """The choice that somebody typed, by its name or by its label in either language."""
    wanted = folded(without_end_marks(typed))
    for value in choices:
        if wanted in {value, *(folded(phrases(language)(f"choice.{value}")) for language in LANGUAGES)}:
            return value
    return None


def _value(parameter: Parameter, word: str) -> str | None:
    if parameter.kind is ParameterKind.ROLE:
        if choice_meant((NO_ROLE,), word):
            return NO_ROLE
        found = _ROLE.fullmatch(word)
        return (found[1] or found[2]) if found else None
    if parameter.kind is ParameterKind.CHOICES:
        several = [choice_meant(parameter.choices, each) for each in re.split(r"[,、，]", word) if each]
        return ",".join(each for each in several if each) if several and all(several) else None
    return choice_meant(parameter.choices, word)
