"""The forms of a lecture: which fields stand together, what they say today, and what has become of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.commands.fields import Field, cleaned, whole_date, whole_text
from bot.commands.office import Act, Management
from bot.commands.replies import Reply
from bot.content import Action, Form, FormField
from bot.domain.folding import folded
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Lecture
from bot.phrases import phrases

NUMBER: Final = "number"
WHEN: Final = "when"

EDIT: Final = "admin edit"
ADD: Final = "admin add"
_VERBS: Final = frozenset((Field.VENUE, Field.TITLE, Field.SPEAKER, Field.REGISTRATION))
"""Fields with a verb of their own; the others are set by `/admin edit`."""


class Sheet(StrEnum):
    """Which fields stand together: at most five, which is what a form holds on the strictest platform (Discord)."""

    MAIN = "main"
    TEXTS = "texts"
    NEW = "new"


_FIELDS: Final[Mapping[Sheet, tuple[str, ...]]] = {
    Sheet.MAIN: (WHEN, Field.SPEAKER, Field.TITLE, Field.VENUE, Field.REGISTRATION),
    Sheet.TEXTS: (Field.SUMMARY, Field.ABSTRACT, Field.NOTES),
    Sheet.NEW: (NUMBER, WHEN, Field.SPEAKER, Field.TITLE, Field.VENUE),
}
_LONG: Final = frozenset((Field.SUMMARY, Field.ABSTRACT, Field.NOTES))


def is_texts(typed: str) -> bool:
    """Whether somebody asks for the form of the longer texts, by its name in either language."""
    return folded(typed) in {Sheet.TEXTS, *(folded(phrases(language)("forms.texts.name")) for language in LANGUAGES)}


@dataclass(frozen=True, slots=True)
class Filling:
    """A form in somebody's hands; for a new lecture, `lecture` is what its empty form says."""

    sheet: Sheet
    lecture: Lecture
    act: Act
    management: Management
    sure: bool = False

    @property
    def line(self) -> str:
        """The command line that is run when it is filled in."""
        if self.sheet is Sheet.NEW:
            return ADD
        return f"{EDIT} {self.lecture.number}{f' {Sheet.TEXTS}' if self.sheet is Sheet.TEXTS else ''}"

    def value(self, name: str) -> str:
        """What a field says today."""
        if name == NUMBER:
            return str(self.lecture.number)
        return whole_date(self.lecture) if name == WHEN else whole_text(Field(name), self.lecture, self.act.view)

    def changed(self) -> dict[str, str]:
        """The fields that say something else now."""
        typed = {name: self.act.values[name] for name in _FIELDS[self.sheet] if name in self.act.values}
        return {name: text for name, text in typed.items() if cleaned(text) != cleaned(self.value(name))}


def offered(filling: Filling) -> Reply:
    """The form, filled with what was typed already or else with what the schedule says today."""
    say, sheet, number = filling.act.question.say, filling.sheet, filling.lecture.number
    values = filling.act.values
    fields = tuple(
        FormField(
            name,
            say(f"forms.label.{name}"),
            values[name] if name in values else filling.value(name),
            multiline=name in _LONG,
            required=name == NUMBER,
            hint=say(f"forms.hint.{name}"),
            line=_alone(name, filling),
        )
        for name in _FIELDS[sheet]
    )
    title = say(f"forms.title.{sheet}", number=number)
    return Reply(say(f"forms.headline.{sheet}", number=number), form=Form(title, fields, filling.line))


def _alone(name: str, filling: Filling) -> str:
    """The command line that sets one field."""
    number = filling.lecture.number
    if name == NUMBER:
        return ADD
    if filling.sheet is Sheet.NEW and name in (WHEN, Field.SPEAKER):
        return f"{ADD} {number}{' speaker:' if name == Field.SPEAKER else ''}"
    verb = "move" if name == WHEN else name
    return f"admin {verb} {number}" if name == WHEN or name in _VERBS else f"{EDIT} {number} {name}"


def other_form(filling: Filling) -> tuple[Action, ...]:
    """The way to the other fields of the lecture."""
    say, number = filling.act.question.say, filling.lecture.number
    if filling.sheet is Sheet.TEXTS:
        return (Action(say("forms.to_main"), f"{EDIT} {number}"),)
    return (Action(say("forms.to_texts"), f"{EDIT} {number} {Sheet.TEXTS}"),)
