"""Views and embeds whose JSON is made once, since the same answers are sent again and again."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import discord

from bot.domain.language import Language
from bot.domain.message import Action, Card, Choice, Form, FormField, FormInput, Link, Message, Tone, link_labels
from bot.i18n import phrases
from bot.i18n.excerpts import units
from bot.platforms.discord import limits
from bot.platforms.discord.markup import plain, web_address

COLOURS: Final[Mapping[Tone, int]] = {
    Tone.PLAIN: 0x3B82C4,
    Tone.OPEN: 0x2F9E62,
    Tone.URGENT: 0xE0912F,
    Tone.CLOSED: 0x6B5FB5,
    Tone.OFF: 0x8B9099,
    Tone.POSTPONED: 0xC9A227,
    Tone.CANCELLED: 0xD0453E,
}
"""What tells a card's state at a glance."""


Control = discord.ui.Item[Any]


class PreparedView(discord.ui.View):
    """Controls that no longer change, and that discord.py doesn't watch: a press is recognised by its custom_id.

    Made outside of an event loop it can only be looked at.
    """

    _components: list[dict[str, Any]] | None = None

    def __init__(self, rows: list[list[Control]]) -> None:
        super().__init__(timeout=None)
        for number, row in enumerate(rows):
            for item in row:
                item.row = number
                self.add_item(item)
        self._components = super().to_components()
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        """The rows as they are sent."""
        return self._components if self._components is not None else super().to_components()

    def has_components_v2(self) -> bool:
        """Whether it needs the newer layout, which it never does."""
        return False


class PreparedEmbed(discord.Embed):
    """An embed that no longer changes."""

    __slots__ = ("_sent",)

    def __init__(self, *, title: str, description: str, colour: int, footer: str) -> None:
        super().__init__(title=title or None, description=description or None, colour=colour)
        if footer:
            self.set_footer(text=footer)
        self._sent: Any = super().to_dict()

    def to_dict(self) -> Any:
        """The embed as it is sent."""
        return self._sent


ASK = "ask:"
SHARE = "share:"
CHOOSE = "choose:"

_ASKING = re.compile(r"ask(?:@(?P<marker>[0-9a-z]+))?:(?P<line>.*)")
"""A button that asks; one of each post carries the post's marker, such as `ask@gezd…:materials 3`."""
_FALLBACK_LINE = "help"
"""The command line of the button that carries the marker where no other can."""

_MOST_ACTIONS = 2 * limits.BUTTONS_IN_ROW - 1
"""Two rows together with the share button, so that links keep at least two."""


def line_of(custom_id: str) -> str | None:
    """The command line of a button that asks something; None for any other control."""
    asking = _ASKING.fullmatch(custom_id)
    return asking["line"] if asking else None


def marker_of(custom_id: str) -> str | None:
    """The marker that a button of a post carries; None for any other control."""
    asking = _ASKING.fullmatch(custom_id)
    return asking["marker"] if asking else None


def controls(
    message: Message, language: Language, *, shareable: bool, marker: str | None = None
) -> tuple[PreparedView | None, frozenset[Link]]:
    """The buttons and the menu below an answer, and the links of its cards that became buttons.

    Links come first, then the menu, then what can be asked next. With a `marker` one of the latter carries it.
    """
    below = buttons(message, language, shareable=shareable, marker=marker)
    menu = choice_menu(message.choice) if message.choice else None
    rows = limits.ROWS - _rows(len(below)) - (1 if menu else 0)
    addresses = _addresses(message, rows * limits.BUTTONS_IN_ROW)
    links = link_buttons(addresses)
    if len(links) == 1 and not menu and len(below) < limits.BUTTONS_IN_ROW:
        links, below = [], [*links, *below]
    items = [*in_rows(links), *([[menu]] if menu else []), *in_rows(below)]
    if not items:
        return None, frozenset()
    return PreparedView(items), frozenset(addresses)


def _addresses(message: Message, most: int) -> dict[Link, str]:
    """The links of the answer's cards that can be buttons, with their addresses encoded."""
    addresses: dict[Link, str] = {}
    for card in message.parts:
        for link in card.links if isinstance(card, Card) else ():
            address = button_address(link)
            if address and len(addresses) < most:
                addresses[link] = address
    return addresses


def button_address(link: Link) -> str | None:
    """The encoded address of a link that can be a button; None for any other one."""
    address = web_address(link.url)
    return address if address and units(address) <= limits.BUTTON_URL else None


def buttons(
    message: Message, language: Language, *, shareable: bool = True, marker: str | None = None
) -> list[Control]:
    """What can be asked next, and at the end the button that shows the answer to the whole channel."""
    actions = message.actions
    if message.form:  # a message that asks by form could not be a modal
        actions = (Action(phrases(language)("forms.open"), message.form.line), *actions)
    asked = {action.line.strip(): action.label for action in reversed(actions)}
    styles = {action.label: _style(action) for action in actions}
    shown = {ASK + line: label for line, label in reversed(asked.items()) if _is_custom_id(ASK + line)}
    if marker:
        shown = _marked(shown, marker, language)
    made = [_button(label, custom_id, styles.get(label)) for custom_id, label in shown.items()][:_MOST_ACTIONS]
    if shareable and message.line is not None and _is_custom_id(SHARE + message.line):
        made.append(_button(phrases(language)("discord.share"), SHARE + message.line))
    return made


def _marked(shown: dict[str, str], marker: str, language: Language) -> dict[str, str]:
    """The labels by custom ids, of which the first that has room for it, or a further one, now carries the marker."""
    marked = {custom_id: custom_id.replace(ASK, f"ask@{marker}:", 1) for custom_id in [*shown][:_MOST_ACTIONS]}
    bearer = next((custom_id for custom_id, with_it in marked.items() if _is_custom_id(with_it)), None)
    if bearer is None:
        return {f"ask@{marker}:{_FALLBACK_LINE}": phrases(language)("action.help"), **shown}
    return {marked[each] if each == bearer else each: label for each, label in shown.items()}


def _is_custom_id(custom_id: str) -> bool:
    """Whether Discord takes it as it is: a command line can't be cut."""
    return units(custom_id) <= limits.CUSTOM_ID and custom_id.isprintable()


def _style(action: Action) -> discord.ButtonStyle:
    if action.danger:
        return discord.ButtonStyle.danger
    return discord.ButtonStyle.primary if action.primary else discord.ButtonStyle.secondary


def _button(label: str, custom_id: str, style: discord.ButtonStyle | None = None) -> Control:
    seen = plain(label, limits.BUTTON_LABEL) or plain(custom_id.partition(":")[2], limits.BUTTON_LABEL) or "…"
    return discord.ui.Button(style=style or discord.ButtonStyle.secondary, label=seen, custom_id=custom_id)


def link_buttons(addresses: Mapping[Link, str]) -> list[Control]:
    """Buttons that open these web addresses, under labels that tell them apart."""
    return [
        discord.ui.Button(
            style=discord.ButtonStyle.link,
            label=plain(label, limits.BUTTON_LABEL) or plain(addresses[link], limits.BUTTON_LABEL),
            url=addresses[link],
        )
        for link, label in link_labels(addresses).items()
    ]


def choice_menu(choice: Choice) -> Control | None:
    """The options to pick from; None if none of them can be one of Discord's."""
    options: dict[str, discord.SelectOption] = {}
    for option in choice.options:
        value = option.line.strip()
        label = plain(option.label, limits.OPTION_LABEL) or plain(value, limits.OPTION_LABEL)
        if not label or not 0 < units(value) <= limits.OPTION_VALUE or not value.isprintable():
            continue
        description = plain(option.description, limits.OPTION_DESCRIPTION) or None
        options.setdefault(value, discord.SelectOption(label=label, value=value, description=description))
    if not options:
        return None
    return discord.ui.Select(
        custom_id=CHOOSE,
        placeholder=plain(choice.prompt, limits.PLACEHOLDER) or None,
        options=[*options.values()][: limits.OPTIONS],
    )


def _rows(buttons: int) -> int:
    return -(-buttons // limits.BUTTONS_IN_ROW)


def in_rows(controls: list[Control]) -> list[list[Control]]:
    """The buttons in as many rows as they need."""
    return [controls[start : start + limits.BUTTONS_IN_ROW] for start in range(0, len(controls), limits.BUTTONS_IN_ROW)]


FORM: Final = "form:"
"""Begins a modal's custom_id, which carries the command line that is run with what was filled in."""

_LABELLED: Final = 18
"""Discord's number of the component that holds an input: a label around it."""


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
    if units(custom_id) > limits.CUSTOM_ID or not any(map(_has_room, fields)):
        return None
    return PreparedModal(plain(form.title, limits.MODAL_TITLE), custom_id, [_item(each, language) for each in fields])


def form_line(custom_id: str) -> str | None:
    """The command line of a form that comes back; None for any other modal."""
    return custom_id.removeprefix(FORM) if custom_id.startswith(FORM) else None


def form_values(data: Any) -> dict[str, str]:
    """The texts of a modal that was sent off, by the names of their fields."""
    inputs = (each.get("component") or {} for each in data.get("components") or () if each.get("type") == _LABELLED)
    return {str(each["custom_id"]): _value(each) for each in inputs if "custom_id" in each}


def _value(component: Mapping[str, Any]) -> str:
    """The text, the option or the id that was chosen; several have commas between."""
    if "values" in component:
        return ",".join(map(str, component["values"] or ()))
    return str(component.get("value") or "")


def _has_room(field: FormField) -> bool:
    return field.input is not FormInput.TEXT or units(field.value) <= limits.TEXT_INPUT


def _item(field: FormField, language: Language) -> discord.ui.Item[discord.ui.Modal]:
    label = plain(field.label, limits.LABEL)
    if not _has_room(field):
        return discord.ui.TextDisplay(phrases(language)("forms.too_long", field=label))
    hint = plain(field.hint, limits.LABEL_DESCRIPTION) or None
    return discord.ui.Label(text=label, description=hint, component=_INPUTS[field.input](field))


def _text_input(field: FormField) -> discord.ui.Item[discord.ui.Modal]:
    longest = min(field.most or limits.TEXT_INPUT, limits.TEXT_INPUT)
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.multiline else discord.TextStyle.short,
        default=field.value or None,
        required=field.required,
        max_length=max(longest, units(field.value)),
    )


def _radio_group(field: FormField) -> discord.ui.Item[discord.ui.Modal]:
    options = [discord.RadioGroupOption(**each) for each in _options(field)]
    return discord.ui.RadioGroup(custom_id=field.name, required=field.required, options=options)


def _checkboxes(field: FormField) -> discord.ui.Item[discord.ui.Modal]:
    options = [discord.CheckboxGroupOption(**each) for each in _options(field)]
    least = 1 if field.required else 0
    return discord.ui.CheckboxGroup(
        custom_id=field.name, required=field.required, options=options, min_values=least, max_values=len(options)
    )


def _options(field: FormField) -> Iterator[dict[str, Any]]:
    chosen = field.value.split(",")
    for each in field.options[: limits.CHECKBOXES]:
        label = plain(each.label, limits.OPTION_LABEL)
        yield {"value": each.value, "label": label, "default": each.value in chosen}


def _role_select(field: FormField) -> discord.ui.Item[discord.ui.Modal]:
    chosen = [discord.Object(int(field.value), type=discord.Role)] if field.value.isdecimal() else []
    return discord.ui.RoleSelect(custom_id=field.name, required=field.required, min_values=0, default_values=chosen)


_INPUTS: Final[Mapping[FormInput, Callable[[FormField], discord.ui.Item[discord.ui.Modal]]]] = {
    FormInput.TEXT: _text_input,
    FormInput.ONE: _radio_group,
    FormInput.SEVERAL: _checkboxes,
    FormInput.ROLE: _role_select,
}
