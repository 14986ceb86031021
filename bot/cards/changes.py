"""Changes of a lecture as lines that show what was and what is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.cards.lecture import View, date_text, form_link, heading, person, venue_name
from bot.domain.changes import (
    Aspect,
    Change,
    deadline_in_force,
    lost_materials,
    materials_in_preparation,
    new_materials,
    relabelled_materials,
    venue_in_force,
)
from bot.domain.deadlines import registration_status
from bot.domain.excerpts import shortened
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Material, Status
from bot.domain.message import Card, Fact, Link, Listing, Part, Section, Text, When
from bot.i18n.dates import written

SHOWN = 80
"""Characters of a longer text that a line shows."""


def change_lines(changes: Iterable[Change], view: View) -> tuple[Text, ...]:
    """The changes of any lectures, each as a line `label: before → after`, no line twice."""
    return tuple(dict.fromkeys(line for change in changes for line in _lines(change, view)))


def value_text(aspect: Aspect, lecture: Lecture, view: View) -> Text:
    """What an aspect of a lecture comes to, saying so if it is undecided; for those that have one value."""
    say = view.say
    match aspect:
        case Aspect.STATUS | Aspect.DATE | Aspect.TIME:
            return (say("changes.cancelled"),) if lecture.status is Status.CANCELLED else date_text(lecture, say)
        case Aspect.VENUE | Aspect.ROOM | Aspect.CERTAINTY:
            venue = venue_in_force(lecture)
            return (venue_name(venue, say) if venue else say("changes.undecided"),)
        case Aspect.MODE:
            return (say(f"mode.{lecture.mode}") if lecture.mode else say("changes.undecided"),)
        case Aspect.IN_PERSON:
            return (say("changes.full" if lecture.registration.in_person_full else "changes.places"),)
        case Aspect.DEADLINE:
            closes = deadline_in_force(lecture, view.series)
            planned = lecture.status is Status.PLANNED
            return (When(closes) if closes else say("changes.undecided" if planned else "changes.nothing"),)
        case Aspect.SPEAKER:
            return (person(lecture.speaker, say) if lecture.speaker else say("changes.undecided"),)
        case Aspect.TITLE:
            return (title_quoted(lecture, view),)
        case Aspect.LANGUAGE:
            return (language_name(lecture.language, view),)
        case Aspect.NOTES:
            notes = lecture.notes.into(view.language) if lecture.notes else say("changes.nothing")
            return (shortened(" ".join(notes.split()), SHOWN),)
        case _:
            raise ValueError(f"{aspect} has more than one value")


def title_quoted(lecture: Lecture, view: View) -> str:
    """A title in quotation marks, saying so if it is tentative or undecided."""
    if not lecture.title:
        return view.say("changes.undecided")
    name = "changes.title_tentative" if lecture.title_tentative else "changes.title"
    return view.say(name, title=lecture.title.into(view.language))


def language_name(code: str | None, view: View) -> str:
    """The name of the language in which a lecture is held; a code without a name stays as it is."""
    if code is None:
        return view.say("changes.undecided")
    return view.say(f"language.{code}") if code in ("ja", "en") else code


def material_links(materials: Iterable[Material], view: View) -> tuple[Link, ...]:
    """The published ones among these materials."""
    return tuple(Link(each.label.into(view.language), each.url) for each in materials if each.url)


_LABELS = {
    Aspect.STATUS: "label.date",
    Aspect.DATE: "label.date",
    Aspect.TIME: "label.date",
    Aspect.VENUE: "label.venue",
    Aspect.ROOM: "label.venue",
    Aspect.CERTAINTY: "label.venue",
    Aspect.MODE: "label.mode",
    Aspect.IN_PERSON: "label.registration_in_person",
    Aspect.DEADLINE: "changes.label.deadline",
    Aspect.SPEAKER: "label.speaker",
    Aspect.TITLE: "changes.label.title",
    Aspect.LANGUAGE: "label.language",
    Aspect.NOTES: "label.notes",
}
"""The labels of what has one value, as cards name it."""


def _lines(change: Change, view: View) -> Iterator[Text]:
    say, before, after = view.say, change.before, change.after
    if before is None or after is None:
        when = date_text(change.lecture, say)
        yield say.text(f"changes.{change.aspect}", lecture=heading(change.lecture, view), when=when)
    elif change.aspect in _LABELS:
        yield say.text(
            "changes.line",
            label=say(_LABELS[change.aspect]),
            before=value_text(change.aspect, before, view),
            after=value_text(change.aspect, after, view),
        )
    elif change.aspect is Aspect.FORM:
        yield _form_line(before, after, view)
    elif change.aspect in (Aspect.SUMMARY, Aspect.ABSTRACT):
        yield _text_line(change.aspect, before, after, view)
    elif change.aspect is Aspect.MAP:
        venue = venue_in_force(after)
        link = Link(venue.name.into(view.language), venue.url) if venue and venue.url else say("changes.nothing")
        yield say.text("changes.map", map=link)
    else:
        yield from _material_lines(change.aspect, before, after, view)


def _form_line(before: Lecture, after: Lecture, view: View) -> Text:
    """What became of the form, to be pressed for as long as it can be used."""
    say, had = view.say, before.registration.url
    state = "withdrawn" if not after.registration.url else "exchanged" if had else "added"
    label, form = say(f"changes.form_{state}"), registration_status(view.series, after, view.now).form
    if not form or state == "withdrawn":
        return (label,)
    return say.text("changes.labelled", label=label, value=form_link(view.series, form, after, say))


def _text_line(aspect: Aspect, before: Lecture, after: Lecture, view: View) -> Text:
    """Long texts are named, not shown: nobody compares two abstracts in a chat."""
    was, now = (before.summary, after.summary) if aspect is Aspect.SUMMARY else (before.abstract, after.abstract)
    state = "removed" if now is None else "changed" if was else "added"
    return (view.say(f"changes.{aspect}_{state}"),)


def _material_lines(aspect: Aspect, before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    say = view.say
    match aspect:
        case Aspect.RELABELLED:
            for was, now in relabelled_materials(before, after):
                old, new = was.label.into(view.language), now.label.into(view.language)
                yield say.text("changes.relabelled", before=old, after=new)
        case Aspect.WITHDRAWN:
            yield say.text("changes.withdrawn", materials=_labels(lost_materials(before, after), view))
        case Aspect.IN_PREPARATION:
            yield say.text("changes.in_preparation", materials=_labels(materials_in_preparation(before, after), view))
        case _:
            yield say.text("changes.materials", materials=_row(new_materials(before, after), view))


def _row(materials: Iterable[Material], view: View) -> Text:
    linked = material_links(materials, view)
    return tuple(span for link in linked for span in (" · ", link))[1:]


def _labels(materials: Iterable[Material], view: View) -> str:
    return view.say("join.comma").join(each.label.into(view.language) for each in materials)


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
