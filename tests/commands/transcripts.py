"""A reply written down with all that is in it, so that tests can compare and people can read it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.message import Card, Countdown, Link, Listing, Part, Section, Span, Text, When
from bot.domain.series import Series
from bot.i18n import written


def numbered_calendar(series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
    """Stands in for the calendar writer: the numbers of the lectures it was given and the language."""
    return " ".join([*(str(each.id) for each in lectures), language]).encode()


def router(series: Series, now: datetime) -> CommandRouter:
    """A desk at which it is always `now`."""
    return CommandRouter(lambda: series, lambda: now, numbered_calendar)


def reply_to(line: str, series: Series, now: datetime, language: Language = "ja") -> Reply:
    """The reply to a command line."""
    return router(series, now).answer(Request(line, language))


def transcript(line: str, series: Series, now: datetime, language: Language = "ja") -> str:
    """The reply to a command line, written down.

    `{…}` is an instant or day, `[label](url)` a link, `-> line` what pressing or choosing something asks.
    """
    return written_down(reply_to(line, series, now, language), language)


def written_down(reply: Reply, language: Language) -> str:
    """A reply, written down as in `transcript`."""
    return "\n".join(["", *_lines(reply, language), ""])


def _lines(reply: Reply, language: Language) -> Iterator[str]:
    yield reply.headline
    for part in reply.parts:
        yield from _part(part, language)
    if reply.choice:
        yield f"? {reply.choice.prompt}"
        for option in reply.choice.options:
            yield " / ".join([f"  {option.label}", *([option.description] if option.description else [])])
            yield f"    -> {option.line}"
    if reply.form:
        yield f"FORM {reply.form.title} -> {reply.form.line}"
        for each in reply.form.fields:
            sign = "*" if each.required else "…" if each.multiline else "-"
            yield f"  {sign} {each.label} ({each.name}): {each.value!r} -> {each.line}"
            yield f"    {each.hint}"
    if reply.file:
        yield f"FILE {reply.file.name} ({reply.file.media_type}): {reply.file.content.decode()}"
    if reply.note is not None:
        yield f"NOTE {reply.note}"
    for action in reply.actions:
        yield f"({action.label}) -> {action.line}"
    yield f"{reply.outcome.upper()}, again: {reply.line}"


def _part(part: Part, language: Language) -> Iterator[str]:
    if isinstance(part, Card):
        yield f"CARD {part.tone}: {part.title}".rstrip()
        yield from (f"  ! {_text(notice, language)}" for notice in part.notices)
        yield from (f"  {_labelled(fact.label)}{_text(fact.value, language)}" for fact in part.facts)
        yield from ([f"  > {_text(part.call, language)}"] if part.call else [])
        yield from (f"  | {_text(paragraph, language)}" for paragraph in part.body)
        yield from (f"  {_span(link, language)}" for link in part.links)
    elif isinstance(part, Listing):
        yield f"LIST {part.title}"
        for entry in part.entries:
            yield f"  {entry.title}"
            yield from (f"    {_text(line, language)}" for line in entry.lines)
    elif isinstance(part, Section):
        yield f"SECTION {part.title}"
        sign = "•" if part.bulleted else "|"
        yield from (f"  {sign} {_text(paragraph, language)}" for paragraph in part.paragraphs)


def _text(text: Text, language: Language) -> str:
    return "".join(_span(span, language) for span in text)


def _labelled(label: str) -> str:
    return f"{label} = " if label else ""


def _span(span: Span, language: Language) -> str:
    if isinstance(span, When):
        return f"{{{written(span, language)}}}"
    if isinstance(span, Countdown):
        return span.words
    return f"[{span.label}]({span.url})" if isinstance(span, Link) else span


def texts(reply: Reply) -> Iterator[str]:
    """Every string of a reply that a reader sees, instants and addresses aside."""
    yield reply.headline
    for span in spans(reply):
        if isinstance(span, Link):
            yield span.label
        elif isinstance(span, str):
            yield span
    if reply.choice:
        yield reply.choice.prompt
        for option in reply.choice.options:
            yield option.label
            yield option.description
    yield from (action.label for action in reply.actions)
    if reply.note is not None:
        yield reply.note


def spans(reply: Reply) -> Iterator[Span]:
    """Every run of text, instant and link in the parts of a reply."""
    for part in reply.parts:
        yield from [part.title] if part.title else []
        if isinstance(part, Card):
            yield from (span for text in (*part.notices, part.call, *part.body) for span in text)
            for fact in part.facts:
                yield from [fact.label] if fact.label else []
                yield from fact.value
            yield from part.links
        elif isinstance(part, Listing):
            for entry in part.entries:
                yield entry.title
                yield from (span for text in entry.lines for span in text)
        elif isinstance(part, Section):
            yield from (span for text in part.paragraphs for span in text)


def links(reply: Reply) -> list[Link]:
    """Every link of a reply."""
    return [span for span in spans(reply) if isinstance(span, Link)]


def lines_offered(reply: Reply) -> list[str]:
    """Every command line that something to press or to choose stands for, and the one that gives the reply again."""
    return [
        *(action.line for action in reply.actions),
        *(option.line for option in (reply.choice.options if reply.choice else ())),
        *([reply.line] if reply.line is not None else []),
    ]
