"""What edits come to, for the organizer who makes them: each field as it is before and after."""

from collections.abc import Iterable, Iterator

from bot.cards.changes import language_name, value_text
from bot.cards.lecture import View, material_spans, numbers, person, venue_name
from bot.domain.changes import Aspect
from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.excerpts import shortened
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Lecture
from bot.domain.message import Link, Text, When
from bot.domain.series import Series

_SHOWN = 160
"""Characters of a long text."""

_FIELDS = {
    "status": "date",
    "starts": "date",
    "ends": "date",
    "title_tentative": "title",
    "lecture_language": "language",
}
_REGISTRATION = {"url": "form", "closes": "deadline", "in_person": "places", "also_for": "shared"}


def edit_lines(edits: Iterable[FieldEdit], before: Series, after: Series, view: View) -> tuple[Text, ...]:
    """The fields that edits change, each once as a line `label: before → after`.

    A field that reads the same in the reader's language is shown in the one in which it was changed. Edits of several
    lectures are told with their numbers.
    """
    changed = list(dict.fromkeys((edit.number, field_of(edit.path)) for edit in edits))
    several = len({number for number, _ in changed}) > 1

    def lines() -> Iterator[Text]:
        for number, field in changed:
            old, new = before.lecture(number), after.lecture(number)
            if not old or not new:
                continue
            label = view.say(f"fields.label.{field}")
            if several:
                label = view.say("fields.label_of", label=label, lecture=view.say("lecture.number", number=number))
            for language in sorted(LANGUAGES, key=lambda each: each != view.language):
                was = shown_value(field, old, View(before, view.now, language))
                now = shown_value(field, new, View(after, view.now, language))
                if was != now:
                    yield view.say.text("changes.line", label=label, before=was, after=now)
                    break

    return tuple(lines())


def field_of(path: FieldPath) -> str:
    """The name of what is shown together with the value at a path: all of a venue, all materials."""
    first = str(path[0])
    if first == "registration":
        return _REGISTRATION[str(path[1])] if len(path) > 1 else "form"
    return _FIELDS.get(first, first)


def shown_value(field: str, lecture: Lecture, view: View) -> Text:
    """What the lecture has in that field (of `field_of`), saying so if that is nothing or undecided."""
    say, entry = view.say, lecture.registration
    match field:
        case "date":
            return value_text(Aspect.DATE, lecture, view)
        case "venue":
            if not lecture.venue:
                return (say("changes.undecided"),)
            name = venue_name(lecture.venue, say)
            return (Link(name, lecture.venue.url) if lecture.venue.url else name,)
        case "title":
            return value_text(Aspect.TITLE, lecture, view)
        case "speaker":
            return (person(lecture.speaker, say) if lecture.speaker else say("changes.undecided"),)
        case "mode":
            return value_text(Aspect.MODE, lecture, view)
        case "language":
            return (language_name(lecture.language, view),)
        case "materials":
            return material_spans(lecture, say) or (say("fields.nothing"),)
        case "form":
            return (Link(entry.url, entry.url) if entry.url else say("fields.nothing"),)
        case "deadline":
            deadline = view.series.deadline(lecture)
            return (When(deadline) if deadline else say("fields.nothing"),)
        case "places":
            return value_text(Aspect.IN_PERSON, lecture, view)
        case "shared":
            return (numbers(entry.also_for, say) if entry.also_for else say("fields.nothing"),)
        case "notes" | "summary" | "abstract":
            text = {"notes": lecture.notes, "summary": lecture.summary, "abstract": lecture.abstract}[field]
            words = text.into(view.language) if text else say("fields.nothing")
            return (shortened(" ".join(words.split()), _SHOWN),)
        case _:
            raise ValueError(f"no field {field}")
