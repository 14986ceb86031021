"""All of a field in one text, for forms: as it is today, and what becomes of it when the text says something else.

On a command line a text changes what it mentions. A form shows the whole of a field, so what was taken out is removed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError
from bot.commands.admin.fields.form_sharing import typed_reference
from bot.commands.admin.fields.parser import field_edits
from bot.commands.admin.fields.speakers import written
from bot.commands.admin.fields.texts import cleaned, is_undecided
from bot.commands.admin.fields.wording import localized, wording
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import Field, Lecture, Person, Registration
from bot.domain.people import in_a_row
from bot.domain.registration import Closing
from bot.domain.text import one_line
from bot.i18n import phrases

_TEXTS: Final = frozenset((Field.TITLE, Field.NOTES, Field.SUMMARY, Field.ABSTRACT))
_PARTS: Final[Mapping[Field, tuple[Field, ...]]] = {
    Field.VENUE: (Field.ROOM,),
    Field.REGISTRATION: (Field.OPENS, Field.DEADLINE, Field.ALSO_FOR),
}
"""What is removed from a field by a text that doesn't mention it."""


def text_in_form(field: Field, lecture: Lecture, view: View) -> str:
    """What the field says, in a notation that can be typed; nothing if it is undecided."""
    return FORM_TEXTS[field](lecture, view)


def form_edits(field: Field, text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What makes all of the field what the text says; an empty text removes it. Raises FieldError."""
    typed = cleaned(text)
    if not typed or is_undecided(typed):
        return _removed(field, lecture, view)
    if field in _TEXTS:
        return _reworded(field, typed, lecture, view)
    if field is Field.SPEAKER:
        return _speakers_of_form(typed, lecture, view)
    edits = field_edits(field, typed, lecture, view)
    if field is Field.REGISTRATION and not ("://" in typed or "@" in typed):
        return edits  # a word such as `full` changes what it says and leaves the rest
    return (*edits, *_taken_out(field, typed, edits, lecture, view))


def _removed(field: Field, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    edits = field_edits(field, "remove" if field is Field.REGISTRATION else "none", lecture, view)
    if field is Field.REGISTRATION and lecture.registration.closes:
        return (*edits, FieldEdit(lecture.id, Field.DEADLINE.path, None))
    return edits


def _reworded(field: Field, typed: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A text as if there had been none, so that a language that is not in it any more is left out."""
    had: Localized | None = getattr(lecture, field)
    nothing: dict[str, Any] = {field: None}
    try:
        edits = field_edits(field, typed, replace(lecture, **nothing), view)
    except FieldError:  # what is said of a text that is there, such as that it is tentative
        return field_edits(field, typed, lecture, view)
    same = FieldEdit(lecture.id, field.path, had.tree) if had else None
    return tuple(each for each in edits if each != same)


def _taken_out(
    field: Field, typed: str, edits: Iterable[FieldEdit], lecture: Lecture, view: View
) -> Iterator[FieldEdit]:
    """The removal of those parts of a field that the text does not mention: those that it does not bring back to a
    lecture which lacks them."""
    there = [part for part in _PARTS.get(field, ()) if _has(lecture, part)]
    try:
        brought = field_edits(field, typed, _without_parts(field, lecture), view) if there else ()
    except FieldError:  # what is there may stay, though it could not be set now, such as a deadline that has passed
        return
    mentioned = [each.path for each in (*brought, *edits) if each.lecture == lecture.id]
    for part in there:
        if not any(part.path[: len(path)] == path for path in mentioned):
            yield FieldEdit(lecture.id, part.path, None)


def _speakers_of_form(typed: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The people who are named, without the affiliations that the text does not bring to people who have none."""
    bare = replace(lecture, speakers=tuple(replace(each, affiliation=None) for each in lecture.speakers))
    several = zip(
        _people_after(field_edits(Field.SPEAKER, typed, lecture, view), lecture),
        _people_after(field_edits(Field.SPEAKER, typed, bare, view), bare),
        strict=True,
    )
    wanted = [
        {key: value for key, value in who.items() if key != "affiliation" or key in brought} for who, brought in several
    ]
    value: FieldValue = wanted[0] if len(wanted) == 1 else wanted
    return (FieldEdit(lecture.id, Field.SPEAKER.path, value),) if value != written(lecture.speakers) else ()


def _people_after(edits: Sequence[FieldEdit], lecture: Lecture) -> list[dict[str, FieldValue]]:
    value = edits[0].value if edits else written(lecture.speakers)
    return [dict(each) for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _has(lecture: Lecture, part: Field) -> bool:
    parts: dict[Field, object] = {
        Field.ROOM: lecture.venue and lecture.venue.room,
        Field.OPENS: lecture.registration.opens,
        Field.DEADLINE: lecture.registration.closes,
        Field.ALSO_FOR: lecture.registration.also_for,
    }
    return bool(parts[part])


def _without_parts(field: Field, lecture: Lecture) -> Lecture:
    if field is Field.VENUE and lecture.venue:
        return replace(lecture, venue=replace(lecture.venue, room=None))
    return replace(lecture, registration=replace(lecture.registration, opens=None, closes=None, also_for=()))


# ---- as it is today


def _number(lecture: Lecture, _: View) -> str:
    return str(lecture.id)


def _date(lecture: Lecture, _: View) -> str:
    """The day with its times; without the weekday, which would have to be changed together with the day."""
    if not lecture.starts:
        return lecture.day.isoformat() if lecture.day else ""
    starts, ends = f"{lecture.starts:%Y-%m-%d %H:%M}", lecture.ends
    if not ends:
        return starts
    return f"{starts}-{ends:%H:%M}" if ends.date() == lecture.starts.date() else f"{starts} - {ends:%Y-%m-%d %H:%M}"


def _title(lecture: Lecture, view: View) -> str:
    if not lecture.title:
        return ""
    if not lecture.title_tentative:
        return _both(lecture.title)
    texts = lecture.title.texts
    return _both(Localized(tuple((tag, _tentative(text, tag or view.language)) for tag, text in texts)))


def _tentative(text: str, language: Language) -> str:
    return phrases(language)("forms.tentative", text=text)


def _speaker(lecture: Lecture, view: View) -> str:
    if not lecture.speakers:
        return ""
    texts = [text for each in lecture.speakers for text in (each.name, each.affiliation) if text]
    spelled = Localized.composed(lambda language: _people(lecture.speakers, language), texts)
    return _understood([_both(spelled), _labelled(spelled)], Field.SPEAKER, lecture, view)


def _people(people: Iterable[Person], language: Language) -> str:
    belonging = ((each.name, each.affiliation) for each in people)
    row = [_person(name.into(language), belongs.into(language) if belongs else "") for name, belongs in belonging]
    return in_a_row(row, comma=", " if "".join(row).isascii() else "、")


def _person(name: str, affiliation: str) -> str:
    if not affiliation:
        return name
    return f"{name}（{affiliation}）" if not f"{name}{affiliation}".isascii() else f"{name} ({affiliation})"


def _venue(lecture: Lecture, view: View) -> str:
    """The likeliest notation first; a name of which part looks like a room needs that the room is called so."""
    venue = lecture.venue
    if not venue:
        return ""
    apart = [_both(venue.name), *([f"room: {_both(venue.room)}"] if venue.room else [])]
    texts = [_both(venue.full_name), _labelled(venue.full_name), " ".join(apart)]
    if venue.tentative:
        texts = [view.say("venue.tentative", venue=each) for each in texts]
    return _understood(texts, Field.VENUE, lecture, view)


def _summary(lecture: Lecture, _: View) -> str:
    return _both(lecture.summary)


def _abstract(lecture: Lecture, _: View) -> str:
    return _both(lecture.abstract, running=True)


def _notes(lecture: Lecture, _: View) -> str:
    return _both(lecture.notes)


def _registration(lecture: Lecture, view: View) -> str:
    entry: Registration = lecture.registration
    if entry.waived:
        return view.say("fields.example.waived")
    form = view.series.form(lecture)
    parts = [entry.url] if entry.url else []
    owner = form.owner if form and form.owner != lecture.id else None
    shared = entry.also_for if entry.url else () if owner is None else (owner,)
    if shared:
        there = filter(None, map(view.series.lecture, shared))
        names = ", ".join(typed_reference(each, view.say) for each in there)
        parts.append(view.say("fields.example.also", lecture=names))
    if entry.opens:
        parts.append(view.say("fields.example.opens", when=f"{view.series.local(entry.opens):%Y-%m-%d %H:%M}"))
    if entry.closes:
        when = entry.closes.value if isinstance(entry.closes, Closing) else f"{entry.closes:%Y-%m-%d %H:%M}"
        parts.append(view.say("fields.example.closes", when=when))
    return " ".join(parts)


FORM_TEXTS: Final[Mapping[Field, Callable[[Lecture, View], str]]] = {
    Field.NUMBER: _number,
    Field.STARTS: _date,
    Field.SPEAKER: _speaker,
    Field.TITLE: _title,
    Field.VENUE: _venue,
    Field.REGISTRATION: _registration,
    Field.SUMMARY: _summary,
    Field.ABSTRACT: _abstract,
    Field.NOTES: _notes,
}
"""What a form's field says."""


def _understood(texts: Iterable[str], field: Field, lecture: Lecture, view: View) -> str:
    """The first of the texts that changes nothing when it is typed."""
    several = [one_line(text) for text in texts]
    return next((text for text in several if _changes_nothing(text, field, lecture, view)), several[-1])


def _changes_nothing(text: str, field: Field, lecture: Lecture, view: View) -> bool:
    try:
        return not form_edits(field, text, lecture, view)
    except FieldError:
        return False


def _both(text: Localized | None, *, running: bool = False) -> str:
    """A text in the languages that it has, so that it is read as the same."""
    if not text:
        return ""
    wordings = text.variants
    several = [wordings[0]] if len(wordings) == 1 else []
    if len(wordings) == 2 and not running and "\n" not in "".join(wordings):
        several.append(" / ".join(wordings))
    several.append(_labelled(text, running=running))
    return next((each for each in several if _read_as(each, text, running=running)), several[-1])


def _labelled(text: Localized, *, running: bool = False) -> str:
    """Each wording after its tag; a text without a language is one in both of those that the bot speaks."""
    said = text.texts if text.languages else [(each, text.into(each)) for each in LANGUAGES]
    gap = "\n\n" if running else "\n" if "\n" in "".join(text.variants) else " "
    return gap.join(f"{tag}: {each}" for tag, each in said)


def _read_as(typed: str, text: Localized, *, running: bool) -> bool:
    try:
        return localized(wording(typed, text.languages, running=running), None, text.languages) == text
    except FieldError:
        return False
