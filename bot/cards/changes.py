"""Changes of a lecture as lines that show what was and what is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.cards.dates import brief, brief_date
from bot.cards.lecture import heading, talk_line
from bot.cards.people import everybody
from bot.cards.registration import form_link
from bot.cards.venues import venue_name
from bot.cards.view import View
from bot.domain.changes import (
    Aspect,
    Change,
    MaterialChange,
    changed_talks,
    deadline_told,
    lost_materials,
    lost_talks,
    materials_in_preparation,
    new_materials,
    relabelled_materials,
    venue_in_force,
)
from bot.domain.deadlines import registration_status
from bot.domain.language import Language, Localized
from bot.domain.lecture import Field, Lecture, Status
from bot.domain.materials import Material
from bot.domain.message import Card, Countdown, Link, Listing, Part, Section, Text, When
from bot.i18n.dates import written
from bot.i18n.excerpts import shortened
from bot.i18n.languages import language_name

SHOWN = 80
"""Characters of a longer text that a line shows."""


def change_lines(changes: Iterable[Change], view: View) -> tuple[Text, ...]:
    """The changes of any lectures, each as a line `label: before → after`, no line twice."""
    return tuple(dict.fromkeys(line for change in changes for line in _lines(change, view)))


def title_quoted(lecture: Lecture, view: View) -> str:
    """A title in quotation marks, saying so if it is tentative or undecided."""
    if not lecture.title:
        return view.say("changes.undecided")
    name = "changes.title_tentative" if lecture.title_tentative else "changes.title"
    return view.say(name, title=lecture.title.into(view.language))


def material_links(materials: Iterable[Material], view: View) -> tuple[Link, ...]:
    """The published ones among these materials."""
    return tuple(Link(each.label.into(view.language), each.url) for each in materials if each.url)


def _date(lecture: Lecture, view: View) -> Text:
    return (view.say("changes.cancelled"),) if lecture.status is Status.CANCELLED else brief_date(lecture, view)


def _label(lecture: Lecture, view: View) -> Text:
    return (_shortened(lecture.label, view),)


def _reason(lecture: Lecture, view: View) -> Text:
    return (_shortened(lecture.reason, view),)


def _venue(lecture: Lecture, view: View) -> Text:
    venue = venue_in_force(lecture)
    return (venue_name(venue, view.say) if venue else view.say("changes.undecided"),)


def _mode(lecture: Lecture, view: View) -> Text:
    return (view.say(f"mode.{lecture.mode}" if lecture.mode else "changes.undecided"),)


def _places(lecture: Lecture, view: View) -> Text:
    return (view.say("changes.full" if lecture.registration.in_person_full else "changes.places"),)


def _deadline(lecture: Lecture, view: View) -> Text:
    closes = deadline_told(lecture, view.series)
    planned = lecture.status is Status.PLANNED
    if isinstance(closes, datetime):
        return (brief(When(closes), view),)
    if closes:
        return (view.say(f"changes.deadline_{closes}"),)
    return (view.say("changes.undecided" if planned else "changes.nothing"),)


def _opening(lecture: Lecture, view: View) -> Text:
    opens = lecture.registration.opens
    return (brief(When(view.series.local(opens)), view) if opens else view.say("changes.nothing"),)


def _join(lecture: Lecture, view: View) -> Text:
    return (lecture.join or view.say("changes.nothing"),)


def _speaker(lecture: Lecture, view: View) -> Text:
    return (everybody(lecture.speakers, view.say) or view.say("changes.undecided"),)


def _title(lecture: Lecture, view: View) -> Text:
    return (title_quoted(lecture, view),)


def _language(lecture: Lecture, view: View) -> Text:
    return (language_name(lecture.language, view.language) if lecture.language else view.say("changes.undecided"),)


def _notes(lecture: Lecture, view: View) -> Text:
    return (_shortened(lecture.notes, view),)


def _shortened(text: Localized | None, view: View) -> str:
    """A text in one line."""
    words = text.into(view.language) if text else view.say("changes.nothing")
    return shortened(" ".join(words.split()), SHOWN)


VALUES: Final[Mapping[Field, tuple[str, Callable[[Lecture, View], Text]]]] = {
    Field.LABEL: ("changes.label.name", _label),
    Field.STATUS: ("label.date", _date),
    Field.REASON: ("label.reason", _reason),
    Field.STARTS: ("label.date", _date),
    Field.ENDS: ("label.date", _date),
    Field.VENUE: ("label.venue", _venue),
    Field.ROOM: ("label.venue", _venue),
    Field.VENUE_TENTATIVE: ("label.venue", _venue),
    Field.MODE: ("label.mode", _mode),
    Field.IN_PERSON: ("label.registration_in_person", _places),
    Field.DEADLINE: ("changes.label.deadline", _deadline),
    Field.OPENS: ("changes.label.opens", _opening),
    Field.JOIN: ("label.join", _join),
    Field.SPEAKER: ("label.speaker", _speaker),
    Field.TITLE: ("changes.label.title", _title),
    Field.LANGUAGE: ("label.language", _language),
    Field.NOTES: ("label.notes", _notes),
}
"""Fields of which a line shows the values before and after: the phrase of the label, and the value."""


def _lines(change: Change, view: View) -> Iterator[Text]:
    say, before, after = view.say, change.before, change.after
    if before is None or after is None:
        name = "changes.added" if before is None else "changes.removed"
        yield say.text(name, lecture=heading(change.lecture, view), when=brief_date(change.lecture, view))
    elif isinstance(change.aspect, Field) and change.aspect in VALUES:
        label, value = VALUES[change.aspect]
        count = max(1, len(before.speakers), len(after.speakers))  # by which only the speakers' label goes
        yield say.text(
            "changes.line", label=say(label, count=count), before=value(before, view), after=value(after, view)
        )
    else:
        yield from LINES[change.aspect](before, after, view)


def _form_line(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    """What became of the form, to be pressed for as long as it can be used."""
    say, had = view.say, before.registration.url
    state = "withdrawn" if not after.registration.url else "exchanged" if had else "added"
    label, form = say(f"changes.form_{state}"), registration_status(view.series, after, view.now).form
    if not form or state == "withdrawn":
        yield (label,)
    else:
        yield say.text("changes.labelled", label=label, value=form_link(view.series, form, after, say))


def _map_line(_: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    venue = venue_in_force(after)
    link = Link(venue.name.into(view.language), venue.url) if venue and venue.url else view.say("changes.nothing")
    yield view.say.text("changes.map", map=link)


def _text_line(field: Field, was: int, now: int, view: View) -> Iterator[Text]:
    """Long texts are named, not shown: nobody compares two abstracts in a chat. `was` and `now` say how many there are
    of them."""
    state = "changed" if was == now else "added" if was < now else "removed"
    yield (view.say(f"changes.{field}_{state}"),)


def _summary_line(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    yield from _text_line(Field.SUMMARY, bool(before.summary), bool(after.summary), view)


def _abstract_line(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    yield from _text_line(Field.ABSTRACT, len(before.abstracts), len(after.abstracts), view)


def _new_line(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    yield view.say.text("changes.materials", materials=_row(new_materials(before, after), view))


def _prepared_line(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    yield view.say.text("changes.in_preparation", materials=_labels(materials_in_preparation(before, after), view))


def _relabelled_lines(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    for was, now in relabelled_materials(before, after):
        old, new = was.label.into(view.language), now.label.into(view.language)
        yield view.say.text("changes.relabelled", before=old, after=new)


def _withdrawn_line(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    yield view.say.text("changes.withdrawn", materials=_labels(lost_materials(before, after), view))


def _talk_lines(before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    say = view.say
    for was, now in changed_talks(before, after):
        yield say.text("changes.line", label=say("label.talk"), before=talk_line(was, say), after=talk_line(now, say))
    for talk in lost_talks(after, before):
        yield (say("changes.talk_added", talk=talk_line(talk, say)),)
    for talk in lost_talks(before, after):
        yield (say("changes.talk_removed", talk=talk_line(talk, say)),)


LINES: Final[Mapping[Aspect, Callable[[Lecture, Lecture, View], Iterator[Text]]]] = {
    Field.FORM: _form_line,
    Field.MAP: _map_line,
    Field.TALKS: _talk_lines,
    Field.SUMMARY: _summary_line,
    Field.ABSTRACT: _abstract_line,
    Field.MATERIALS: _new_line,
    MaterialChange.REPLACED: _new_line,
    MaterialChange.IN_PREPARATION: _prepared_line,
    MaterialChange.RELABELLED: _relabelled_lines,
    MaterialChange.WITHDRAWN: _withdrawn_line,
}
"""What is told in lines of its own kind."""


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
                facts=tuple(replace(each, value=_text(each.value, language)) for each in part.facts),
                body=_texts(part.body, language),
                call=_text(part.call, language),
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
    said = (written(span, language) if isinstance(span, When) else span for span in text)
    return tuple(span for span in said if not isinstance(span, Countdown))
