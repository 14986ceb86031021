"""Instants spelled out once and for all, where the reader's own time beside them would be wrong or too much."""

from dataclasses import replace

from bot.content import Card, Fact, Listing, Part, Section, Text, When
from bot.domain.language import Language
from bot.phrases.dates import written


def spelled(part: Part, language: Language) -> Part:
    """The part with its instants as words of that language, in their own zone."""
    match part:
        case Card():
            return replace(
                part,
                notices=_texts(part.notices, language),
                facts=tuple(Fact(each.label, _text(each.value, language)) for each in part.facts),
                body=_texts(part.body, language),
            )
        case Listing():
            return replace(
                part, entries=tuple(replace(each, lines=_texts(each.lines, language)) for each in part.entries)
            )
        case Section():
            return replace(part, paragraphs=_texts(part.paragraphs, language))


def _texts(texts: tuple[Text, ...], language: Language) -> tuple[Text, ...]:
    return tuple(_text(each, language) for each in texts)


def _text(text: Text, language: Language) -> Text:
    return tuple(written(span, language) if isinstance(span, When) else span for span in text)
