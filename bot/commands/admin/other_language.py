"""A text that is there in several languages and was changed in one: what becomes of another, and how it can be set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.cards.people import person
from bot.cards.view import View
from bot.commands.admin.drafts import FilledIn
from bot.commands.admin.fields import FieldError, field_edits, text_in_form
from bot.commands.admin.form_fields import FORM_FIELDS, FormKind, field_line, form_line
from bot.domain.changes import relabelled_materials
from bot.domain.language import Language, Localized
from bot.domain.lecture import Field, Lecture, Person, Venue
from bot.domain.people import in_a_row, name_and_affiliation
from bot.domain.text import language_written, one_line
from bot.i18n import Phrases, phrases
from bot.i18n.excerpts import shortened
from bot.i18n.languages import language_name

_SHOWN: Final = 60
"""Characters of a text that a line repeats."""

_LONGEST: Final = 200
"""Characters of a command line that is offered; longer texts are for forms."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A text of which a `language` was not touched when another one was, `changed`. It is `kept` as it was, or lost, as
    there is one wording now.

    `before` and `after` are the text as it was and as it is.
    """

    field: Field
    language: Language
    changed: Language
    kept: bool
    before: Localized
    after: Localized


def texts_of(field: Field, lecture: Lecture) -> tuple[Localized | None, ...]:
    """The texts of a field that may be there in two languages."""
    if field is Field.SPEAKER:
        return tuple(text for each in lecture.speakers for text in (each.name, each.affiliation))
    if field in (Field.VENUE, Field.ROOM):
        return (lecture.venue.name, lecture.venue.room) if lecture.venue else (None, None)
    texts: Mapping[Field, Localized | None] = {
        Field.TITLE: lecture.title,
        Field.NOTES: lecture.notes,
        Field.SUMMARY: lecture.summary,
        Field.ABSTRACT: lecture.abstract,
    }
    return (texts[field],) if field in texts else ()


def untouched(before: Lecture, after: Lecture) -> Iterator[OtherLanguage]:
    """The texts that were changed in one language only: of each field at most one, rather a lost one."""
    for field in (Field.TITLE, Field.SPEAKER, Field.VENUE, Field.NOTES, Field.SUMMARY, Field.ABSTRACT):
        was, now = texts_of(field, before), texts_of(field, after)
        pairs = zip(was, now, strict=True) if len(was) == len(now) else ()  # speakers may have come or gone
        found = [each for pair in pairs for each in _untouched(field, *pair)]
        yield from sorted(found, key=lambda each: each.kept)[:1]
    for former, present in relabelled_materials(before, after):
        yield from _untouched(Field.MATERIALS, former.label, present.label)


def _untouched(field: Field, was: Localized | None, now: Localized | None) -> Iterator[OtherLanguage]:
    if was is None or now is None or was == now or not was.is_translated:
        return
    if now.is_translated:
        changed = [each for each in was.languages if was.into(each) != now.into(each)]
    else:
        changed = list(filter(None, [(*now.languages, language_written(now.variants[0], was.languages))[0]]))
    other = next((each for each in was.languages if each not in changed), None)
    if changed and other:
        yield OtherLanguage(field, other, changed[0], now.is_translated, was, now)


def sentence(text: OtherLanguage, after: Lecture, view: View) -> str:
    """What becomes of the other language, with the command line that sets both, if it is short."""
    say = view.say
    told = say(
        "bilingual.kept" if text.kept else "bilingual.lost",
        field=say(f"fields.name.{text.field}"),
        language=language_name(text.language, view.language),
        text=shortened(one_line(text.before.into(text.language)).rstrip("。."), _SHOWN),
    )
    line = _line(text, after, view)
    return say("bilingual.line", told=told, line=f"/{line}") if line else told


def _line(text: OtherLanguage, after: Lecture, view: View) -> str | None:
    """The command line that sets the text in both languages, if there is one that is short and works."""
    if text.field is not Field.MATERIALS and text.kept:
        typed = text_in_form(text.field, after, view)
    else:
        both = {text.language: _example(text, after), text.changed: _wording(text, after, text.changed)}
        typed = " ".join(f"{language}: {both[language]}" for language in text.before.languages if language in both)
    if text.field is Field.MATERIALS:
        if text.after not in [each.label for each in after.materials]:
            return None  # that of a talk, which is changed in the file
        typed = f"{[each.label for each in after.materials].index(text.after) + 1} → {typed}"
    line = f"{field_line(text.field, after.id)} {typed}"
    return line if "\n" not in line and len(line) <= _LONGEST and _works(text.field, typed, after, view) else None


def _wording(text: OtherLanguage, after: Lecture, language: Language) -> str:
    """The whole field in that language, as it is."""
    if text.field is Field.SPEAKER:
        return in_a_row([person(each, phrases(language)) for each in after.speakers], comma=", ")
    if text.field is Field.VENUE and after.venue:
        return after.venue.full_name.into(language)
    return text.after.into(language)


def _example(text: OtherLanguage, after: Lecture) -> str:
    """The whole field in the other language: as it was or, of other people and places, where it is not known, an
    example."""
    say = phrases(text.language)
    if text.field is Field.SPEAKER:
        return in_a_row([person(_in_example(each, say), say) for each in after.speakers], comma=", ")
    if text.field is Field.VENUE and after.venue:
        place = _or_example(after.venue.name, say("fields.example.place"))
        room = after.venue.room and _or_example(after.venue.room, say("fields.example.room"))
        return Venue(place, room).full_name.into(text.language)
    return text.before.into(text.language)


def _in_example(who: Person, say: Phrases) -> Person:
    name, affiliation = name_and_affiliation(say("fields.example.speaker"))
    belongs = who.affiliation and _or_example(who.affiliation, affiliation or "")
    return Person(_or_example(who.name, name), belongs)


def _or_example(text: Localized, example: str) -> Localized:
    return text if text.is_translated else Localized.same(example)


def _works(field: Field, typed: str, lecture: Lecture, view: View) -> bool:
    try:
        field_edits(field, typed, lecture, view)
    except FieldError:
        return False
    return True


def form_of(texts: list[OtherLanguage], after: Lecture, view: View) -> FilledIn | None:
    """The form in which the first of the texts can be set in both languages, filled in with all that is to change."""
    for kind in (FormKind.MAIN, FormKind.TEXTS):
        if texts and texts[0].field in FORM_FIELDS[kind]:
            values = {field: text_in_form(field, after, view) for field in FORM_FIELDS[kind]}
            return FilledIn(form_line(kind, after.id), {str(field): text for field, text in values.items()})
    return None
