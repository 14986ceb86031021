"""All of a field in one text, for forms: as it is today, and what becomes of it when the text says something else.

On a command line a text changes what it mentions. A form shows the whole of a field, so what was taken out is removed.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.cards.lecture import View
from bot.commands.admin.fields.common import FieldError
from bot.commands.admin.fields.parser import Field, field_edits
from bot.commands.admin.fields.texts import cleaned, is_undecided, localized, one_line, tree, wording
from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import Lecture, Person, Registration, Venue
from bot.i18n import phrases

_TEXTS: Final = frozenset((Field.TITLE, Field.NOTES, Field.SUMMARY, Field.ABSTRACT))
_ROOM: Final[FieldPath] = ("venue", "room")
_AFFILIATION: Final[FieldPath] = ("speaker", "affiliation")
_CLOSES: Final[FieldPath] = ("registration", "closes")
_ALSO_FOR: Final[FieldPath] = ("registration", "also_for")


def whole_text(field: Field, lecture: Lecture, view: View) -> str:
    """What the field says, in a notation that can be typed; nothing if it is undecided."""
    match field:
        case Field.TITLE:
            return _title(lecture, view)
        case Field.SPEAKER:
            return _understood(_speaker(lecture.speaker), field, lecture, view) if lecture.speaker else ""
        case Field.VENUE:
            return _understood(_venue(lecture.venue, view), field, lecture, view) if lecture.venue else ""
        case Field.NOTES:
            return _both(lecture.notes)
        case Field.SUMMARY:
            return _both(lecture.summary)
        case Field.ABSTRACT:
            return _both(lecture.abstract, running=True)
        case Field.REGISTRATION:
            return _registration(lecture, view)
        case _:
            raise ValueError(f"{field} has no whole text")


def whole_date(lecture: Lecture) -> str:
    """The day with its times; without the weekday, which would have to be changed together with the day."""
    if not lecture.starts:
        return lecture.day.isoformat() if lecture.day else ""
    ends = lecture.ends if lecture.ends and lecture.ends.date() == lecture.starts.date() else None
    return f"{lecture.starts:%Y-%m-%d %H:%M}{f'-{ends:%H:%M}' if ends else ''}"


def whole_edits(field: Field, text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What makes all of the field what the text says; an empty text removes it. Raises FieldError."""
    typed = cleaned(text)
    if not typed or is_undecided(typed):
        return _removed(field, lecture, view)
    if field in _TEXTS:
        return _reworded(field, typed, lecture, view)
    edits = field_edits(field, typed, lecture, view)
    if field is Field.VENUE and lecture.venue:
        without = replace(lecture, venue=replace(lecture.venue, room=None))
        return (*edits, *_taken_out((_ROOM,), typed, field, edits, (lecture, without), view))
    if field is Field.SPEAKER and lecture.speaker:
        without = replace(lecture, speaker=replace(lecture.speaker, affiliation=None))
        return (*edits, *_taken_out((_AFFILIATION,), typed, field, edits, (lecture, without), view))
    if field is Field.REGISTRATION and "://" in typed:  # a word such as `full` changes what it says and leaves the rest
        without = replace(lecture, registration=replace(lecture.registration, closes=None, also_for=()))
        return (*edits, *_taken_out((_CLOSES, _ALSO_FOR), typed, field, edits, (lecture, without), view))
    return edits


def _removed(field: Field, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    edits = field_edits(field, "none", lecture, view)
    if field is Field.REGISTRATION and lecture.registration.closes:
        return (*edits, FieldEdit(lecture.number, _CLOSES, None))
    return edits


def _reworded(field: Field, typed: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A text as if there had been none, so that a language that is not in it any more is left out."""
    had = {
        Field.TITLE: lecture.title,
        Field.NOTES: lecture.notes,
        Field.SUMMARY: lecture.summary,
        Field.ABSTRACT: lecture.abstract,
    }[field]
    without: dict[Field, Lecture] = {
        Field.TITLE: replace(lecture, title=None),
        Field.NOTES: replace(lecture, notes=None),
        Field.SUMMARY: replace(lecture, summary=None),
        Field.ABSTRACT: replace(lecture, abstract=None),
    }
    try:
        edits = field_edits(field, typed, without[field], view)
    except FieldError:  # what is said of a text that is there, such as that it is tentative
        return field_edits(field, typed, lecture, view)
    same = FieldEdit(lecture.number, (str(field),), tree(had)) if had else None
    return tuple(each for each in edits if each != same)


def _taken_out(
    paths: Iterable[FieldPath],
    typed: str,
    field: Field,
    edits: Iterable[FieldEdit],
    lectures: tuple[Lecture, Lecture],
    view: View,
) -> Iterable[FieldEdit]:
    """The removal of those parts of a field that the text does not mention: those that it does not bring back to a
    lecture which lacks them."""
    lecture, without = lectures
    try:
        brought = [each.path for each in field_edits(field, typed, without, view) if each.number == lecture.number]
    except FieldError:  # what is there may stay, though it could not be set now, such as a deadline that has passed
        return
    changed = [each.path for each in edits if each.number == lecture.number]
    for path in paths:
        mentioned = any(path[: len(each)] == each for each in (*brought, *changed))
        if _has(lecture, path) and not mentioned:
            yield FieldEdit(lecture.number, path, None)


def _has(lecture: Lecture, path: FieldPath) -> bool:
    parts: dict[FieldPath, object] = {
        _ROOM: lecture.venue and lecture.venue.room,
        _AFFILIATION: lecture.speaker and lecture.speaker.affiliation,
        _CLOSES: lecture.registration.closes,
        _ALSO_FOR: lecture.registration.also_for,
    }
    return bool(parts[path])


# ---- as it is today


def _title(lecture: Lecture, view: View) -> str:
    if not lecture.title:
        return ""
    if not lecture.title_tentative:
        return _both(lecture.title)
    marked = {each: _tentative(lecture.title.into(each), each) for each in LANGUAGES}
    if lecture.title.ja == lecture.title.en:
        return marked[view.language]
    return _both(Localized(marked["ja"], marked["en"]))


def _tentative(text: str, language: Language) -> str:
    return phrases(language)("forms.tentative", text=text)


def _speaker(speaker: Person) -> list[str]:
    belongs = speaker.affiliation
    spelled = Localized(
        *(_person(speaker.name.into(each), belongs.into(each) if belongs else "") for each in LANGUAGES)
    )
    return [_both(spelled), _labelled(spelled)]


def _person(name: str, affiliation: str) -> str:
    if not affiliation:
        return name
    return f"{name}（{affiliation}）" if not f"{name}{affiliation}".isascii() else f"{name} ({affiliation})"


def _venue(venue: Venue, view: View) -> list[str]:
    """The likeliest notation first; a name of which part looks like a room needs that the room is called so."""
    spelled = venue.full_name
    apart = [_both(venue.name), *([f"room: {_both(venue.room)}"] if venue.room else [])]
    texts = [_both(spelled), _labelled(spelled), " ".join(apart)]
    return [view.say("venue.tentative", venue=each) for each in texts] if venue.tentative else texts


def _registration(lecture: Lecture, view: View) -> str:
    entry: Registration = lecture.registration
    form = view.series.form(lecture)
    parts = [entry.url] if entry.url else []
    shared = entry.also_for if entry.url else (form.owner,) if form and form.owner != lecture.number else ()
    if shared:
        parts.append(view.say("fields.example.also", number=", ".join(map(str, shared))))
    if entry.closes:
        parts.append(view.say("fields.example.closes", when=f"{entry.closes:%Y-%m-%d %H:%M}"))
    return " ".join(parts)


def _understood(texts: Iterable[str], field: Field, lecture: Lecture, view: View) -> str:
    """The first of the texts that changes nothing when it is typed."""
    several = [one_line(text) for text in texts]
    return next((text for text in several if _changes_nothing(text, field, lecture, view)), several[-1])


def _changes_nothing(text: str, field: Field, lecture: Lecture, view: View) -> bool:
    try:
        return not whole_edits(field, text, lecture, view)
    except FieldError:
        return False


def _both(text: Localized | None, *, running: bool = False) -> str:
    """A text in the languages that it has, so that it is read as the same."""
    if not text:
        return ""
    several = [text.ja] if text.ja == text.en else []
    if text.ja != text.en and not running and "\n" not in f"{text.ja}{text.en}":
        several.append(f"{text.ja} / {text.en}")
    several.append(_labelled(text, running=running))
    return next((each for each in several if _read_as(each, text, running=running)), several[-1])


def _labelled(text: Localized, *, running: bool = False) -> str:
    gap = "\n\n" if running else "\n" if "\n" in f"{text.ja}{text.en}" else " "
    return f"ja: {text.ja}{gap}en: {text.en}"


def _read_as(typed: str, text: Localized, *, running: bool) -> bool:
    try:
        return localized(wording(typed, running=running), None) == text
    except FieldError:
        return False
