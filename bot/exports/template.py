"""Lectures by a template of the organizers' own: text with `$placeholders`, filled in once for each lecture."""

from collections.abc import Callable, Mapping
from datetime import datetime
from string import Template
from typing import Final

from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.exports.page import Said

PLACEHOLDERS: Final[Mapping[str, Callable[[Said], str]]] = {
    "number": lambda said: said.number,
    "heading": lambda said: said.heading,
    "status": lambda said: said.status,
    "when": lambda said: said.when,
    "speaker": lambda said: said.speakers,
    "title": lambda said: said.title,
    "mode": lambda said: said.mode,
    "venue": lambda said: said.venue,
    "language": lambda said: said.spoken,
    "deadline": lambda said: said.deadline,
    "form": lambda said: said.form(),
    "talks": lambda said: said.talks,
    "notes": lambda said: said.notes,
    "summary": lambda said: said.summary,
    "abstract": lambda said: said.abstract,
    "materials": lambda said: said.materials(),
}
"""What a template can ask for, each as Markdown in the language of the export."""


class NoTemplateError(Exception):
    """A template that asks for something else, or has a `$` that begins no placeholder. `placeholder` is what it asks
    for, `line` where it does, from 1."""

    def __init__(self, placeholder: str, line: int) -> None:
        super().__init__(placeholder, line)
        self.placeholder: Final = placeholder
        self.line: Final = line


def filled(template: str, series: Series, lecture: Lecture, now: datetime, language: Language) -> str:
    """The template for one lecture. A line is left out if it asks for something and nothing of that is there, and an
    empty line that would follow another one then.

    Raises NoTemplateError.
    """
    said = Said(series, lecture, now, language)
    lines: list[str] = []
    is_left_out = False
    for number, line in enumerate(template.splitlines(), 1):
        text = _filled(line, number, said)
        if text is not None and (text or not (is_left_out and lines and not lines[-1])):
            lines.append(text)
            is_left_out = False
        else:
            is_left_out = True
    return "".join(f"{line}\n" for line in lines)


def _filled(line: str, number: int, said: Said) -> str | None:
    template = Template(line)
    if not template.is_valid():
        raise NoTemplateError("$", number)
    names = template.get_identifiers()
    for name in names:
        if name not in PLACEHOLDERS:
            raise NoTemplateError(f"${name}", number)
    values = {name: PLACEHOLDERS[name](said) for name in names}
    return template.substitute(values) if not values or any(values.values()) else None
