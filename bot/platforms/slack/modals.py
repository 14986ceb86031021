"""Forms as Slack's modals: what of a form one holds, and what was filled in when it is submitted."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.commands.context import Reply
from bot.domain.language import Language
from bot.domain.message import Form, FormField, FormInput
from bot.i18n import phrases
from bot.i18n.excerpts import units
from bot.platforms.slack import limits
from bot.platforms.slack.text import Element, Room, one_line, plain

_FORM: Final = "form:"
"""Begins a modal's callback_id, which carries the command line that is run with what was filled in."""


def form_view(form: Form, language: Language) -> dict[str, Any] | None:
    """The form as a modal; None if it can't be one. A text for which it has no room is named instead."""
    say, room = phrases(language), Room(limits.MESSAGE)
    callback_id = _FORM + form.line
    if units(callback_id) > limits.CALLBACK_ID or not any(map(_fits, form.fields)):
        return None
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(form.title, limits.MODAL_TITLE, room),
        "submit": plain(say("forms.submit"), limits.MODAL_TITLE, room),
        "close": plain(say("slack.close"), limits.MODAL_TITLE, room),
        "blocks": [_block(each, language, room) for each in form.fields if each.input is not FormInput.ROLE],
    }


def line_filled_in(view: dict[str, Any]) -> str | None:
    """The command line of a form that was submitted; None for any other modal."""
    callback_id = str(view.get("callback_id") or "")
    return callback_id.removeprefix(_FORM) if callback_id.startswith(_FORM) else None


def values_filled_in(view: dict[str, Any]) -> dict[str, str]:
    """What was filled in in a submitted modal, by the names of the fields; several options have commas between."""
    blocks = (view.get("state") or {}).get("values") or {}
    return {
        str(name): _READERS[said["type"]](said)
        for actions in blocks.values()
        for name, said in actions.items()
        if said.get("type") in _READERS
    }


def mistakes_below(reply: Reply, view: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by the fields of the submitted modal below which it is shown; nothing unless all are there."""
    shown = {block.get("block_id") for block in view.get("blocks") or () if block.get("type") == "input"}
    below = {name: one_line(sentence) for name, sentence in reply.mistakes}
    return below if below.keys() <= shown else {}


_READERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "plain_text_input": lambda said: str(said.get("value") or ""),
    "static_select": lambda said: str((said.get("selected_option") or {}).get("value") or ""),
    "checkboxes": lambda said: ",".join(str(each["value"]) for each in said.get("selected_options") or ()),
}
"""What came of an element, by its type."""


def _fits(field: FormField) -> bool:
    return field.input is not FormInput.TEXT or units(field.value) <= limits.TEXT_INPUT


def _block(field: FormField, language: Language, room: Room) -> Element:
    if not _fits(field):
        told = phrases(language)("forms.too_long", field=field.label)
        return {"type": "context", "elements": [plain(told, limits.CONTEXT, room)]}
    element = _text_input(field) if field.input is FormInput.TEXT else _menu(field, room)
    block: Element = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, limits.LABEL, room),
        "optional": not field.required,
        "element": element,
    }
    return {**block, "hint": plain(field.hint, limits.LABEL, room)} if field.hint else block


def _text_input(field: FormField) -> Element:
    longest = min(field.most or limits.TEXT_INPUT, limits.TEXT_INPUT)
    element: Element = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": field.multiline,
        "max_length": max(longest, units(field.value)),
    }
    return {**element, "initial_value": field.value} if field.value else element


def _menu(field: FormField, room: Room) -> Element:
    """Options to choose from: a menu for one of them, checkboxes for several."""
    options = {
        each.value: {"text": plain(each.label, limits.OPTION, room), "value": each.value} for each in field.options
    }
    chosen = [options[each] for each in field.value.split(",") if each in options]
    if field.input is FormInput.SEVERAL:
        element: Element = {"type": "checkboxes", "action_id": field.name, "options": [*options.values()]}
        return {**element, "initial_options": chosen} if chosen else element
    element = {"type": "static_select", "action_id": field.name, "options": [*options.values()]}
    return {**element, "initial_option": chosen[0]} if chosen else element
