"""A private answer with a card, laid out in Discord's newer components, which take less room than embeds."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord

from bot.domain.language import Language
from bot.domain.message import Card, Message, Part
from bot.i18n.excerpts import units
from bot.platforms.discord import limits
from bot.platforms.discord.column import Column
from bot.platforms.discord.components import (
    COLOURS,
    Control,
    button_address,
    buttons,
    choice_menu,
    in_rows,
    link_buttons,
)
from bot.platforms.discord.markup import line
from bot.platforms.discord.mentions import NO_COMMANDS, CommandMentions, names_commands

_HEADING: Final = "### "
_SMALL: Final = "-# "


class PreparedLayout(discord.ui.LayoutView):
    """A layout that no longer changes, and that discord.py doesn't watch: a press is recognised by its custom_id.

    Made outside of an event loop it can only be looked at.
    """

    _components: list[dict[str, Any]] | None = None

    def __init__(self, items: list[Control]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self._components = super().to_components()  # type: ignore[no-untyped-call]
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        """The components as they are sent."""
        return self._components if self._components is not None else super().to_components()  # type: ignore[no-untyped-call]


def layout(
    message: Message, language: Language, *, any_parts: bool = False, mentions: CommandMentions = NO_COMMANDS
) -> PreparedLayout | None:
    """The answer as a layout; None for one that brings a file or is too long and, unless it may have `any_parts`, for
    one without a card and one that asks."""
    cards = any(isinstance(part, Card) for part in message.parts)
    if message.file or not (any_parts or (cards and not message.choice and not message.form)):
        return None
    menu = choice_menu(message.choice) if message.choice else None
    below = [*([[menu]] if menu else []), *in_rows(buttons(message, language))]
    rows: list[Control] = [discord.ui.ActionRow(*row) for row in below]
    items = [*_text(line(message.headline, limits.CONTENT))]
    own = [*items]
    for part, more in _with_what_follows(message.parts):
        shown = [*_part(part, more, language)]
        items += shown
        own += shown if all(map(names_commands, (part, *more))) else ()
    note = line(message.note or "", limits.CONTENT)
    small = [*_text(f"{_SMALL}{note}" if note else "")]
    items += [*small, *rows]
    if not _is_within_limits(items):
        return None
    _mention_commands([*own, *small], limits.COMPONENTS_TEXT - _length(items), mentions)
    return PreparedLayout(items)


def _mention_commands(items: list[Control], room: int, mentions: CommandMentions) -> None:
    """Has the commands in the texts be mentions, as far as there is room for more characters."""
    for text in items:
        if isinstance(text, discord.ui.TextDisplay):
            before = units(text.content)
            text.content = mentions.in_text(text.content, before + room)
            room -= units(text.content) - before


def _with_what_follows(parts: Sequence[Part]) -> list[tuple[Part, list[Part]]]:
    """The parts, each with those behind it that have no title and so belong to it."""
    found: list[tuple[Part, list[Part]]] = []
    for part in parts:
        if part.title or not found:
            found.append((part, []))
        else:
            found[-1][1].append(part)
    return found


def _part(part: Part, more: list[Part], language: Language) -> Iterator[Control]:
    title = line(part.title, limits.EMBED_TITLE)
    heading = f"{_HEADING}{title}\n" if title else ""
    below = [text for each in more for text in _text(_column(each, language))]
    if isinstance(part, Card):
        colour = COLOURS[part.tone]
        yield discord.ui.Container(*_card(part, heading, language), *below, accent_colour=colour)
        return
    yield from (*_text(heading + _column(part, language)), *below)


def _column(part: Part, language: Language) -> str:
    column = Column(language)
    column.add_part(part, ())
    return str(column)


def _card(card: Card, heading: str, language: Language) -> Iterator[Control]:
    """The facts, what is to be pressed and until when, then the running text."""
    facts, call, body = Column(language), Column(language), Column(language)
    facts.add_facts(card)
    call.add(card.call)
    as_buttons = {link: address for link in card.links if (address := button_address(link))}
    body.add_body(card)
    body.add_links(card, as_buttons)
    links = link_buttons(as_buttons)
    if str(call) and len(links) == 1:
        yield from _text(f"{heading}{facts}")
        yield discord.ui.Section(str(call), accessory=links[0])
        links = []
    else:
        yield from _text(f"{heading}{facts}\n{call}")
    yield from _text(str(body))
    yield from (discord.ui.ActionRow(*row) for row in in_rows(links))


def _text(content: str) -> Iterator[Control]:
    if content.strip():
        yield discord.ui.TextDisplay(content.strip())


def _is_within_limits(items: list[Control]) -> bool:
    return len(_all_of(items)) <= limits.COMPONENTS and _length(items) <= limits.COMPONENTS_TEXT


def _length(items: list[Control]) -> int:
    return sum(units(each.content) for each in _all_of(items) if isinstance(each, discord.ui.TextDisplay))


def _all_of(items: list[Control]) -> list[Control]:
    """The items and all that is nested in them."""
    return [*items, *(child for item in items for child in _children(item))]


def _children(item: Control) -> Iterator[Control]:
    match item:
        case discord.ui.Container() | discord.ui.ActionRow():
            nested: list[Control] = [*item.children]
        case discord.ui.Section():
            nested = [*item.children, item.accessory]
        case _:
            nested = []
    for child in nested:
        yield child
        yield from _children(child)
