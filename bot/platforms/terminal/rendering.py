"""Replies as lines of a terminal: cards with a coloured edge, aligned facts, every address readable.

Lines are rich `Text`, never markup, so that nothing a person wrote is taken for a style or a control sequence.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text as Line

from bot.commands.context import Reply, ReplyStatus
from bot.domain.language import Language
from bot.domain.message import (
    Card,
    Choice,
    Countdown,
    Entry,
    Fact,
    Form,
    Link,
    Listing,
    Message,
    Part,
    Section,
    Span,
    Text,
    Tone,
    When,
    link_labels,
)
from bot.i18n import phrases, written
from bot.i18n.line_breaking import line_starts
from bot.platforms.terminal.answer_keys import answer_keys


def wrapped(text: Line, width: int, hanging: int = 0) -> list[Line]:
    """`text` in lines of at most `width` cells, all but the first of them set in by `hanging`.

    A web address is never divided and may reach beyond.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n", allow_blank=True):
        first = width if not lines else width - hanging
        for line in paragraph.divide(line_starts(paragraph.plain, max(first, 2), max(width - hanging, 2))):
            line.rstrip()
            lines.append(Line.assemble(" " * hanging, line) if hanging and lines else line)
    return lines


_EDGES = {
    Tone.PLAIN: "blue",
    Tone.OPEN: "green",
    Tone.URGENT: "yellow",
    Tone.CLOSED: "magenta",
    Tone.OFF: "bright_black",
    Tone.POSTPONED: "yellow",
    Tone.CANCELLED: "red",
}
_INDENT = "  "
_GAP = 2
_WIDEST_LABEL = 32
_LONGEST_EXAMPLE = 80
"""Characters of a value that is repeated in the line that sets it."""
_UNWRAPPED = 1_000_000
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Layout:
    """How an answer is laid out: in so many columns; on a screen with edges, in the chat with numbers to choose by."""

    language: Language
    width: int = 80
    screen: bool = False
    numbered: bool = False


def literal(text: str) -> str:
    """`text` without control, escape and bidirectional characters; line breaks stay."""
    return "".join(
        character
        for character in text
        if character == "\n" or (unicodedata.category(character) not in ("Cc", "Cs") and character not in _BIDI)
    )


def rendered(reply: Message, layout: Layout, file: str | None = None) -> list[Line]:
    """The lines of an answer or a post; `file` is where its file was put."""
    say = phrases(layout.language)
    merged = _lists_its_choice(reply)
    blocks: list[Iterable[Line]] = [_paragraph(_line(reply.headline, _headline_style(reply)), layout)]
    blocks += [_part(part, layout, merged and layout.numbered) for part in reply.parts]
    if reply.form:
        blocks += [_fields(reply.form, layout), _by_lines(reply.form, layout)]
    if file:
        blocks.append([_line(say("terminal.file", path=file))])
    if reply.choice and not (merged and not layout.numbered):
        blocks.append(_choice(reply.choice, layout, listed=merged))
    if reply.note:
        blocks.append(_paragraph(_line(reply.note, "dim"), layout))
    if reply.actions:
        keys = {action: key for key, action in answer_keys(reply).items()} if layout.numbered else {}
        labels = [f"{keys[each]}  {each.label}" if each in keys else each.label for each in reply.actions]
        lines = [action.line for action in reply.actions]
        blocks.append(_hints([*zip(labels, lines, strict=True)], layout))
    return _spaced(blocks)


def plain_text(message: Message, language: Language) -> str:
    """A post as text that isn't wrapped, with nothing to press but links; its first line is its headline."""
    lines = rendered(replace(message, actions=()), Layout(language, _UNWRAPPED))
    return "\n".join(line.plain for line in lines)


def _spaced(blocks: Iterable[Iterable[Line]]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        held = list(block)
        if lines and held:
            lines.append(Line())
        lines.extend(held)
    return lines


def _headline_style(reply: Message) -> str:
    refused = isinstance(reply, Reply) and reply.outcome is not ReplyStatus.DONE
    return "bold yellow" if refused else "bold"


def _part(part: Part, layout: Layout, numbered: bool) -> Iterable[Line]:
    match part:
        case Card():
            return _card(part, layout)
        case Listing():
            return _listing(part, layout, numbered)
        case Section():
            return _section(part, layout)


def _card(card: Card, layout: Layout) -> Iterator[Line]:
    edge = Line("┃ ", style=_EDGES[card.tone]) if layout.screen else Line(_INDENT)
    inner = Layout(layout.language, layout.width - cell_len(edge.plain), layout.screen)
    for line in _spaced(_card_blocks(card, inner)):
        framed = Line.assemble(edge, line)
        framed.rstrip()
        yield framed


def _card_blocks(card: Card, layout: Layout) -> Iterator[Iterable[Line]]:
    notice = f"bold {_EDGES[Tone.URGENT]}"
    notices = [_text(("! ", *text), layout.language, notice) for text in card.notices]
    yield [
        *(_paragraph(_line(card.title, "bold"), layout) if card.title else ()),
        *(line for text in notices for line in _paragraph(text, layout, hanging=2)),
    ]
    call = [Fact("", card.call)] if card.call else []
    yield _facts([*_joined(card.facts), *call], layout)
    for paragraph in card.body:
        yield _paragraph(_text(paragraph, layout.language), layout)
    yield [line for link, label in link_labels(card.links).items() for line in _link(link, label, layout)]


def _joined(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with those that stand beside others in their lines."""
    lines: list[Fact] = []
    for fact in facts:
        if fact.beside and lines and not fact.label:
            lines[-1] = replace(lines[-1], value=(*lines[-1].value, _SEPARATOR, *fact.value))
        else:
            lines.append(fact)
    return lines


def _facts(facts: Sequence[Fact], layout: Layout) -> Iterator[Line]:
    labels = [literal(fact.label) for fact in facts]
    widest = max((cell_len(label) for label in labels if cell_len(label) <= _WIDEST_LABEL), default=0)
    column = widest + _GAP if widest else 0
    inner = Layout(layout.language, layout.width - column, layout.screen)
    for label, fact in zip(labels, facts, strict=True):
        head = Line.assemble((label, "dim"), " " * (column - cell_len(label)))
        if cell_len(label) > _WIDEST_LABEL:
            yield from _paragraph(Line(label, style="dim"), layout)
            head = Line(" " * column)
        for line in _value(fact.value, inner):
            yield Line.assemble(head, line)
            head = Line(" " * column)


def _value(text: Text, layout: Layout, style: str = "") -> Iterator[Line]:
    """A text whose addresses stand on lines of their own, except where one ends a line that has room for it."""
    for row in _rows(text):
        whole = _text(row, layout.language, style)
        links = [span for span in row if isinstance(span, Link)]
        if not links or (isinstance(row[-1], Link) and len(links) == 1 and whole.cell_len <= layout.width):
            yield from _paragraph(whole, layout)
            continue
        labels = tuple(span.label if isinstance(span, Link) else span for span in row)
        yield from _paragraph(_text(labels, layout.language, style), layout)
        yield from (_address(link.url) for link in links)


def _rows(text: Text) -> list[Text]:
    """The text in rows, one for each link if it is a series of several."""
    if sum(isinstance(span, Link) for span in text) < 2:
        return [text]
    rows: list[list[Span]] = [[]]
    for span in text:
        if span == _SEPARATOR:
            rows.append([])
        else:
            rows[-1].append(span)
    return [tuple(row) for row in rows if row]


def _link(link: Link, label: str, layout: Layout) -> Iterator[Line]:
    yield from _paragraph(_line(label), layout)
    yield Line(_INDENT) + _address(link.url)


def _listing(listing: Listing, layout: Layout, numbered: bool) -> Iterator[Line]:
    yield from _paragraph(_line(listing.title, "bold"), layout)
    if not numbered and all(_is_brief(entry) for entry in listing.entries):
        facts = [Fact(entry.title, entry.lines[0]) for entry in listing.entries]
        inner = Layout(layout.language, layout.width - len(_INDENT), layout.screen)
        yield from (Line(_INDENT) + line for line in _facts(facts, inner))
        return
    for position, entry in enumerate(listing.entries, 1):
        head = f"{position:>2}. " if numbered else _INDENT
        margin = len(head) if numbered else 2 * len(_INDENT)
        yield from _paragraph(_line(head + literal(entry.title)), layout, hanging=margin)
        inner = Layout(layout.language, layout.width - margin, layout.screen)
        for text in entry.lines:
            for line in _value(text, inner, "dim"):
                yield Line(" " * margin) + line


def _is_brief(entry: Entry) -> bool:
    """Whether an entry fits beside its title."""
    brief = cell_len(entry.title) <= _WIDEST_LABEL and len(entry.lines) == 1
    return brief and not any(isinstance(span, Link) for span in entry.lines[0])


def _section(section: Section, layout: Layout) -> Iterator[Line]:
    if section.title:
        yield from _paragraph(_line(section.title, "bold"), layout)
    for position, text in enumerate(section.paragraphs):
        if section.bulleted:
            yield from _paragraph(_text(("- ", *text), layout.language), layout, hanging=2)
        else:
            if position:
                yield Line()
            yield from _paragraph(_text(text, layout.language), layout)


def _choice(choice: Choice, layout: Layout, *, listed: bool) -> Iterator[Line]:
    """The options with their numbers, unless a listing has just shown them; outside the chat with what to ask."""
    say = phrases(layout.language)
    if not layout.numbered:
        yield from _hints([(option.label, option.line) for option in choice.options], layout)
        return
    for position, option in enumerate(() if listed else choice.options, 1):
        head = f"{position:>2}. "
        yield from _paragraph(_line(head + literal(option.label)), layout, hanging=len(head))
        if option.description:
            described = " " * len(head) + literal(option.description)
            yield from _paragraph(_line(described, "dim"), layout, hanging=len(head))
    yield from _paragraph(_line(say("terminal.choose", count=len(choice.options)), "dim"), layout)


def _fields(form: Form, layout: Layout) -> Iterator[Line]:
    """The fields of a form with what they say; a terminal can't show one to be filled in."""
    empty = phrases(layout.language)("forms.empty")
    yield from _facts([Fact(each.label, (each.shown or empty,)) for each in form.fields], layout)


def _by_lines(form: Form, layout: Layout) -> Iterator[Line]:
    """How to change each field by a line of its own: the one that says the same again, to be edited."""
    yield from _paragraph(_line(phrases(layout.language)("forms.line_by_line"), "dim"), layout)
    for each in form.fields:
        value = each.value if each.value and "\n" not in each.value and len(each.value) <= _LONGEST_EXAMPLE else "…"
        yield _line(f"/{each.line} {value}", "cyan")


def _lists_its_choice(reply: Message) -> bool:
    """Whether a listing of the reply has an entry for every option of its choice, in the same order."""
    if not reply.choice:
        return False
    titles = [entry.title for part in reply.parts if isinstance(part, Listing) for entry in part.entries]
    return titles == [option.label for option in reply.choice.options]


def _hints(hints: Sequence[tuple[str, str]], layout: Layout) -> Iterator[Line]:
    """What else can be asked: a label and the command line behind it, in two columns where they fit."""
    column = max(cell_len(literal(label)) for label, _ in hints) + _GAP
    for label, command in ((literal(label), literal(f"/{command}")) for label, command in hints):
        if column + cell_len(command) <= layout.width:
            yield Line.assemble((label, "dim"), " " * (column - cell_len(label)), (command, "cyan"))
        else:
            yield from _paragraph(Line(label, style="dim"), layout)
            yield Line(_INDENT) + Line(command, style="cyan")


def _paragraph(text: Line, layout: Layout, hanging: int = 0) -> list[Line]:
    return wrapped(text, layout.width, hanging)


def _line(text: str, style: str = "") -> Line:
    return Line(literal(text), style=style)


def _text(text: Text, language: Language, style: str = "") -> Line:
    """A run of text with its instants written out and every link followed by its address."""
    line = Line(style=style)
    links = [span for span in text if isinstance(span, Link)]
    for span in text:
        match span:
            case str():
                line.append(literal(span))
            case When():
                line.append(written(span, language))
            case Countdown():
                line.append(literal(span.words))
            case Link():
                line.append(f"{literal(span.label)} ")
                address = _address(span.url)
                line.append_text(address if [span] == links and span is text[-1] else Line.assemble("<", address, ">"))
    return line


def _address(url: str) -> Line:
    plain = "".join(literal(url).split())
    linked = plain if plain.startswith(("https://", "http://")) else None
    return Line(plain, style=Style(underline=True, link=linked))
