"""Messages ready to be sent: what was made of a reply is kept as long as the router is likely to give it again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from cachetools import LRUCache

from bot.commands.context import Reply
from bot.commands.parser import acts
from bot.domain.language import Language
from bot.domain.message import (
    Action,
    Card,
    Choice,
    Fact,
    Link,
    Listing,
    Message,
    Part,
    Section,
    Text,
    Tone,
    link_labels,
)
from bot.i18n import phrases
from bot.i18n.excerpts import shortened, units
from bot.platforms.slack import limits
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.text import Element, Room, Run, field, one_line, plain, safe_url, summary

ASK: Final = "ask"
"""Action: the value of the button, or of the option chosen, is a command line; its answer is for whoever presses."""
HERE: Final = "here"
"""Action: the same, but the answer takes the place of the message."""
SHARE: Final = "share"
"""Action: the button's value is a command line whose answer the channel wants to see."""
OPEN: Final = "open"
"""Action: a link. Slack reports it all the same."""

_BUTTON_LINKS = 10
"""Links that a card shows as buttons; more of them read better as a list."""
_IN_FRONT: Final = 2
"""Links that stand in one row with what can be asked next."""


def payload(said: Message, language: Language, private: bool, *, direct: bool = False) -> dict[str, Any]:
    """The message that shows a reply: private to one person, or for the whole channel. What is said `direct` stands
    among the direct messages, where there is no channel that could see it too.

    These are the arguments of a command's acknowledgement and of a `response_url`; without `response_type` those of
    `chat.postMessage`.
    """
    return {
        "response_type": "ephemeral" if private else "in_channel",
        "text": summary(said.headline),
        "blocks": _Page(language, limits.MESSAGE_BLOCKS).shows(said, private=private, in_channel=not direct),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def home_view(replies: Iterable[Message], language: Language, hint: str, as_of: str = "") -> dict[str, Any]:
    """The App Home: from when it is, several replies one below the other, and a hint at the end."""
    several = [*replies]
    page = _Page(language, (limits.VIEW_BLOCKS - 1) // max(1, len(several)) - 1)
    blocks: list[Element] = [_context(as_of, Room(limits.CONTEXT))] if as_of else []
    for said in several:
        blocks += page.shows(said, private=True, in_channel=False)
        blocks.append({"type": "divider"})
    return {"type": "home", "blocks": [*blocks[:-1], _context(hint, Room(limits.CONTEXT))]}


def modal_view(said: Message, language: Language) -> dict[str, Any]:
    """A modal that shows a message."""
    say, room = phrases(language), Room(limits.MESSAGE)
    return {
        "type": "modal",
        "title": plain(say("slack.modal_title"), limits.MODAL_TITLE, room),
        "close": plain(say("slack.close"), limits.MODAL_TITLE, room),
        "blocks": _Page(language, limits.VIEW_BLOCKS).shows(said, private=True, in_channel=False),
    }


class _Page:
    """Lays replies out; the numbers of its action ids go on from reply to reply, so that none comes twice."""

    def __init__(self, language: Language, most: int) -> None:
        self._most: Final = most
        self._language: Final[Language] = language
        self._say: Final = phrases(language)
        self._number = 0
        self._warned = False
        self._room = Room(limits.MESSAGE)
        self._kind = ASK

    def shows(self, said: Message, *, private: bool, in_channel: bool) -> list[Element]:
        """The blocks of a said. What it asks and offers keeps its place; of the rest, as much as fits."""
        self._room = Room(limits.MESSAGE)
        decided = _is_decided(said)
        self._kind = HERE if decided and private else ASK
        headline = self._lines([(one_line(said.headline) or "…",)])
        first = [] if decided else self._link_in_front(said)
        previews = private and isinstance(said.parts[0] if said.parts else None, Section)
        end = list(self._end(said, first, private=private, in_channel=in_channel))
        blocks = [*headline]
        for part in said.parts:
            for block in self._part(part, linked=not first, pressed=not previews):
                if len(blocks) + len(end) == self._most:
                    break
                blocks.append(block)
        return [*blocks, *end]

    def _link_in_front(self, said: Message) -> list[Element]:
        """The form of an answer's only card and the way to join, which stand before what can be asked next.

        Those of a post that is previewed below a question stay with it.
        """
        cards = [part for part in said.parts if isinstance(part, Card) and part.links]
        if cards[:1] != [*said.parts[:1]] or len(cards) != 1:
            return []
        if len(cards[0].links) > _IN_FRONT or not all(map(_is_button, cards[0].links)):
            return []
        return self._link_buttons(cards[0])

    def _end(self, said: Message, first: list[Element], *, private: bool, in_channel: bool) -> Iterator[Element]:
        if said.choice:
            yield from self._choice(said.choice)
        if said.file and private:
            yield _context(self._say("slack.file_coming", name=one_line(said.file.name)), self._room)
        if said.note:
            yield _context(said.note, self._room)
        actions = said.actions
        if said.form:  # a message that asks by form could not be a modal
            actions = (Action(self._say("forms.open"), said.form.line), *actions)
        buttons = [*first, *(button for action in actions if (button := self._ask(action)))]
        if said.line:
            if said.file and not private:
                buttons += [button for button in [self._ask(Action(self._say("slack.get_file"), said.line))] if button]
            if private and in_channel and _fits(said.line, limits.BUTTON_VALUE):
                buttons = buttons[: limits.ACTIONS - 1]
                buttons.append(_button(self._say("slack.share"), SHARE, self._room, value=said.line))
        if buttons:
            yield {"type": "actions", "elements": buttons[: limits.ACTIONS]}

    def _part(self, part: Part, *, linked: bool, pressed: bool) -> Iterator[Element]:
        """Its blocks. The links of a card that is `linked` are to be `pressed`; those of a preview are text."""
        if isinstance(part, Card):
            yield from self._card(part)
            if linked and pressed:
                yield from self._links(part)
            elif linked:
                yield from self._lines((link,) for link in part.links if safe_url(link.url))
        elif isinstance(part, Listing):
            yield from self._listing(part)
        else:
            yield from self._section(part)

    def _card(self, card: Card) -> Iterator[Element]:
        if one_line(card.title) and card.body and not (card.facts or card.notices or card.call):
            yield from self._brief(card)
            return
        yield from self._heading(card.title)
        run = self._run()
        for notice in card.notices:
            if run.elements:
                run.say("\n")
            elif not self._warned:
                run.warn()
                self._warned = True
            run.add(notice)
        yield from _rich(run)
        yield from self._facts(card.facts)
        yield from self._lines([card.call])
        run = self._run()
        self._paragraphs(card.body, run)
        yield from _rich(run)

    def _brief(self, card: Card) -> Iterator[Element]:
        """A card that is little more than its title, without the room that a header takes."""
        run = self._run()
        run.say(one_line(card.title), bold=True)
        for text in card.body:
            run.say("\n")
            run.add(text)
        yield from _rich(run)

    def _facts(self, facts: Sequence[Fact]) -> Iterator[Element]:
        """Facts in two columns; as lines where one of them has a label or can't be a field."""
        fields = [None if fact.label else field(fact.value, self._language) for fact in facts]
        shown = [each for each in fields if each]
        letters = sum(units(each["text"]) for each in shown)
        if len(shown) == len(facts) and 1 < len(shown) <= limits.FIELDS and letters <= self._room.left:
            self._room.left -= letters
            yield {"type": "section", "fields": shown}
            return
        labelled = (self._say.text("label.line", label=one_line(each.label), value=each.value) for each in facts)
        yield from self._lines(line if fact.label else fact.value for fact, line in zip(facts, labelled, strict=True))

    def _links(self, card: Card) -> Iterator[Element]:
        links = [link for link in card.links if safe_url(link.url)]
        if len(links) > _BUTTON_LINKS:
            yield from self._bullets((link,) for link in links)
            return
        buttons = self._link_buttons(card)
        if buttons:
            yield {"type": "actions", "elements": buttons}
        yield from self._lines([(link.label,) for link in card.links if not _is_button(link)])

    def _link_buttons(self, card: Card) -> list[Element]:
        """The card's links as buttons under their brief labels; a form that can be used is what is to be pressed."""
        is_form = card.tone in (Tone.OPEN, Tone.URGENT)
        buttons = []
        for link, label in link_labels([*filter(_is_button, card.links)]).items():
            url = safe_url(link.url)
            if url and len(url) <= self._room.left:
                self._room.left -= len(url)
                style = {"style": "primary"} if is_form and link is card.links[0] else {}
                buttons.append(_button(label or url, self._id(OPEN), self._room, url=url, **style))
        return buttons

    def _listing(self, listing: Listing) -> Iterator[Element]:
        yield from self._heading(listing.title)
        run = self._run()
        gap = "\n\n" if any(len(entry.lines) > 1 for entry in listing.entries) else "\n"
        for entry in listing.entries:
            if run.elements:
                run.say(gap)
            run.say(one_line(entry.title), bold=True)
            for line in entry.lines:
                run.say("\n")
                run.add(line)
        yield from _rich(run)

    def _section(self, section: Section) -> Iterator[Element]:
        yield from self._heading(section.title)
        if section.bulleted:
            yield from self._bullets(section.paragraphs)
            return
        run = self._run()
        self._paragraphs(section.paragraphs, run)
        yield from _rich(run)

    def _paragraphs(self, paragraphs: Iterable[Text], run: Run) -> None:
        for paragraph in paragraphs:
            if run.elements:
                run.say("\n\n")
            run.add(paragraph)

    def _heading(self, title: str) -> Iterator[Element]:
        text = one_line(title)
        if not text or self._room.left < 1:
            return
        if shortened(text, limits.HEADER) == text:
            yield {"type": "header", "text": plain(text, limits.HEADER, self._room)}
            return
        run = self._run()
        run.say(text, bold=True)
        yield from _rich(run)

    def _lines(self, lines: Iterable[Text]) -> Iterator[Element]:
        run = self._run()
        for line in lines:
            if run.elements:
                run.say("\n")
            run.add(line)
        yield from _rich(run)

    def _bullets(self, points: Iterable[Text]) -> Iterator[Element]:
        sections = []
        for point in points:
            run = self._run()
            run.add(point)
            sections.append(_section(run))
        shown = [section for section in sections if section["elements"]]
        if shown:
            yield {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": shown}]}

    def _choice(self, choice: Choice) -> Iterator[Element]:
        room = self._room
        options: dict[str, Element] = {}
        for option in choice.options[: limits.OPTIONS]:
            if not _fits(option.line, limits.OPTION_VALUE) or room.left < 2 * limits.OPTION:
                continue
            shown: Element = {"text": plain(option.label, limits.OPTION, room), "value": option.line}
            if one_line(option.description):
                shown["description"] = plain(option.description, limits.OPTION, room)
            options.setdefault(option.line, shown)
        if not options:
            return
        menu = {
            "type": "static_select",
            "action_id": self._id(self._kind),
            "placeholder": plain(self._say("slack.choose"), limits.PLACEHOLDER, room),
            "options": list(options.values()),
        }
        yield {"type": "section", "text": plain(choice.prompt, limits.SECTION, room), "accessory": menu}

    def _ask(self, action: Action) -> Element | None:
        if not _fits(action.line, min(limits.BUTTON_VALUE, self._room.left)):
            return None
        self._room.left -= len(action.line)
        style = {"style": "danger"} if action.danger else {"style": "primary"} if action.primary else {}
        return _button(action.label, self._id(self._kind), self._room, value=action.line, **style)

    def _id(self, kind: str) -> str:
        self._number += 1
        return f"{kind}.{self._number - 1}"

    def _run(self) -> Run:
        return Run(self._language, self._room)


def _is_decided(said: Message) -> bool:
    """Whether all that can be pressed changes something (a draft, switches) or tells which was meant: what comes of it
    takes its place, so that no button stays that was pressed already."""
    if said.line or not (said.actions or said.choice):
        return False
    asks = said.choice is not None and not said.parts
    options = said.choice.options if said.choice and not asks else ()
    lines = [*(each.line for each in said.actions), *(each.line for each in options)]
    return all(map(acts, lines))


def _fits(line: str, most: int) -> bool:
    """Whether a control can carry this command line unchanged."""
    return 0 < units(line) <= most and one_line(line) == line


def _is_button(link: Link) -> bool:
    """Whether a button can open it; one for a mail address is refused."""
    return (safe_url(link.url) or "").startswith("http")


def _button(label: str, action_id: str, room: Room, **fields: str) -> Element:
    return {"type": "button", "action_id": action_id, "text": plain(label, limits.BUTTON, room), **fields}


def _context(text: str, room: Room) -> Element:
    return {"type": "context", "elements": [plain(text, limits.CONTEXT, room)]}


def _section(run: Run) -> Element:
    return {"type": "rich_text_section", "elements": run.elements}


def _rich(run: Run) -> Iterator[Element]:
    if run.elements:
        yield {"type": "rich_text", "elements": [_section(run)]}


_MOST_KEPT = 1024


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """A message as arguments of the Web API and, ready to be written, as JSON."""

    arguments: dict[str, Any]
    json: str

    @classmethod
    def of(cls, arguments: dict[str, Any]) -> "SlackMessage":
        """The message with these arguments."""
        return cls(arguments, orjson.dumps(arguments).decode())


class Messages:
    """The messages that show replies. A reply is known again by its identity, which the router keeps."""

    def __init__(self, command_names: CommandNames) -> None:
        self._command_names: Final = command_names
        self._kept: Final = LRUCache[tuple[int, Language, bool], tuple[Reply, SlackMessage]](_MOST_KEPT)

    def showing(self, reply: Reply, language: Language, *, private: bool) -> SlackMessage:
        """The message that shows this reply."""
        key = (id(reply), language, private)
        kept = self._kept.get(key)
        if kept:
            return kept[1]
        message = SlackMessage.of(payload(self._command_names.spelled(reply), language, private))
        self._kept[key] = (reply, message)  # holding the reply keeps its id from being given to another
        return message
