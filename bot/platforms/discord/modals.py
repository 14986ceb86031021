"""Forms as Discord's modals: what of a form one holds, and what was filled in when it comes back."""

from collections.abc import Iterator
from typing import Any, Final

import discord

from bot.content import Form, FormField
from bot.domain.excerpt import units
from bot.domain.language import Language
from bot.phrases import phrases
from bot.platforms.discord import limits
from bot.platforms.discord.markup import plain

FORM: Final = "form:"
"""Begins a modal's custom_id, which carries the command line that is run with what was filled in."""

_LABELLED: Final = 18
_INPUT: Final = 4
"""Discord's numbers of the components that hold a text: a label around it, and the text input."""


class PreparedModal(discord.ui.Modal):
    """A modal that discord.py doesn't watch: what comes back is recognised by its custom_id, also after a restart."""

    def __init__(self, title: str, custom_id: str, items: list[discord.ui.Item[discord.ui.Modal]]) -> None:
        super().__init__(title=title, custom_id=custom_id)
        for item in items:
            self.add_item(item)
        self.stop()


def modal(form: Form, language: Language) -> PreparedModal | None:
    """The form as a modal; None if it can't be one. A text for which it has no room is named instead."""
    custom_id = FORM + form.line
    fields = form.fields[: limits.MODAL_COMPONENTS]
    if units(custom_id) > limits.CUSTOM_ID or not any(map(_fits, fields)):
        return None
    return PreparedModal(plain(form.title, limits.MODAL_TITLE), custom_id, [_item(each, language) for each in fields])


def line_filled_in(custom_id: str) -> str | None:
    """The command line of a form that comes back; None for any other modal."""
    return custom_id.removeprefix(FORM) if custom_id.startswith(FORM) else None


def values_filled_in(data: Any) -> dict[str, str]:
    """The texts of a modal that was sent off, by the names of their fields."""
    return {str(each["custom_id"]): str(each.get("value") or "") for each in _inputs(data.get("components") or ())}


def _inputs(components: Any) -> Iterator[Any]:
    for each in components:
        if each.get("type") == _LABELLED:
            yield from _inputs([each.get("component") or {}])
        elif each.get("type") == _INPUT:
            yield each


def _fits(field: FormField) -> bool:
    return units(field.value) <= limits.TEXT_INPUT


def _item(field: FormField, language: Language) -> discord.ui.Item[discord.ui.Modal]:
    label = plain(field.label, limits.LABEL)
    if not _fits(field):
        return discord.ui.TextDisplay(phrases(language)("forms.too_long", field=label))
    text: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.multiline else discord.TextStyle.short,
        default=field.value or None,
        required=field.required,
        max_length=limits.TEXT_INPUT,
    )
    return discord.ui.Label(text=label, description=plain(field.hint, limits.LABEL_DESCRIPTION) or None, component=text)
