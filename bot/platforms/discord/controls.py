"""What can be pressed below a message; each control carries its command line, so that it outlives a restart."""

import re

import discord

from bot.content import Action, Card, Choice, Link, Message
from bot.domain.excerpt import units
from bot.domain.language import Language
from bot.phrases import phrases
from bot.platforms.discord import limits
from bot.platforms.discord.markup import plain, web_address
from bot.platforms.discord.prepared import PreparedView

ASK = "ask:"
SHARE = "share:"
CHOOSE = "choose:"

_ASKING = re.compile(r"ask(?:@(?P<marker>[0-9a-z]+))?:(?P<line>.*)")
"""A button that asks; one of each post carries the post's marker, such as `ask@gezd…:materials 3`."""
_ALWAYS_APT = "help"
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
    said: Message, language: Language, *, shareable: bool, marker: str | None = None
) -> tuple[PreparedView | None, frozenset[Link]]:
    """The buttons and the menu below an answer, and the links of its cards that became buttons.

    Links come first, then the menu, then what can be asked next. With a `marker` one of the latter carries it.
    """
    below = _buttons(said, language, shareable=shareable, marker=marker)
    menu = _menu(said.choice) if said.choice else None
    rows = limits.ROWS - _rows(len(below)) - (1 if menu else 0)
    addresses = _addresses(said, rows * limits.BUTTONS_IN_ROW)
    links = [_link_button(link, address) for link, address in addresses.items()]
    items: list[list[discord.ui.Item[discord.ui.View]]] = [
        *_in_rows(links),
        *([[menu]] if menu else []),
        *_in_rows(below),
    ]
    if not items:
        return None, frozenset()
    return PreparedView(items), frozenset(addresses)


def _addresses(said: Message, most: int) -> dict[Link, str]:
    """The links of the answer's cards that can be buttons, with their addresses encoded."""
    addresses: dict[Link, str] = {}
    for card in said.parts:
        for link in card.links if isinstance(card, Card) else ():
            address = web_address(link.url)
            if address and units(address) <= limits.BUTTON_URL and len(addresses) < most:
                addresses[link] = address
    return addresses


def _buttons(
    said: Message, language: Language, *, shareable: bool, marker: str | None
) -> list[discord.ui.Item[discord.ui.View]]:
    actions = said.actions
    if said.form:  # a message that asks by form could not be a modal
        actions = (Action(phrases(language)("forms.open"), said.form.line), *actions)
    asked = {action.line.strip(): action.label for action in reversed(actions)}
    labels = {ASK + line: label for line, label in reversed(asked.items()) if _fits(ASK + line)}
    if marker:
        labels = _marked(labels, marker, language)
    buttons = [_button(label, custom_id) for custom_id, label in labels.items()][:_MOST_ACTIONS]
    if shareable and said.line is not None and _fits(SHARE + said.line):
        buttons.append(_button(phrases(language)("discord.share"), SHARE + said.line))
    return buttons


def _marked(labels: dict[str, str], marker: str, language: Language) -> dict[str, str]:
    """The labels by custom ids, of which the first that has room for it, or a further one, now carries the marker."""
    marked = {custom_id: custom_id.replace(ASK, f"ask@{marker}:", 1) for custom_id in [*labels][:_MOST_ACTIONS]}
    bearer = next((custom_id for custom_id, with_it in marked.items() if _fits(with_it)), None)
    if bearer is None:
        return {f"ask@{marker}:{_ALWAYS_APT}": phrases(language)("action.help"), **labels}
    return {marked[each] if each == bearer else each: label for each, label in labels.items()}


def _fits(custom_id: str) -> bool:
    """Whether Discord takes it as it is: a command line can't be cut."""
    return units(custom_id) <= limits.CUSTOM_ID and custom_id.isprintable()


def _button(label: str, custom_id: str) -> discord.ui.Item[discord.ui.View]:
    seen = plain(label, limits.BUTTON_LABEL) or plain(custom_id.partition(":")[2], limits.BUTTON_LABEL) or "…"
    return discord.ui.Button(style=discord.ButtonStyle.secondary, label=seen, custom_id=custom_id)


def _link_button(link: Link, address: str) -> discord.ui.Item[discord.ui.View]:
    label = plain(link.label, limits.BUTTON_LABEL) or plain(address, limits.BUTTON_LABEL)
    return discord.ui.Button(style=discord.ButtonStyle.link, label=label, url=address)


def _menu(choice: Choice) -> discord.ui.Item[discord.ui.View] | None:
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


def _in_rows(
    buttons: list[discord.ui.Item[discord.ui.View]],
) -> list[list[discord.ui.Item[discord.ui.View]]]:
    return [buttons[start : start + limits.BUTTONS_IN_ROW] for start in range(0, len(buttons), limits.BUTTONS_IN_ROW)]
