"""One change of a lecture as a sentence that can stand alone on a lock screen."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.announcements.texts.reminders import lectures_named
from bot.cards.changes import material_links, title_quoted
from bot.cards.lecture import View, language_name, person, registration_sentence, venue_name
from bot.domain.changes import Aspect, MaterialChange, has_final_title, new_materials, venue_in_force
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.lecture import Field, Lecture, Mode, Status, Venue
from bot.domain.message import When
from bot.domain.reminder_times import News
from bot.i18n import day_and_month, moment_written, time_written, written
from bot.i18n.excerpts import shortened

_ENOUGH = 60
"""Characters that a sentence shows of a text written by others."""


def sentence(aspect: Aspect, before: Lecture, lecture: Lecture, view: View) -> str:
    """What became of an aspect of a lecture, from what it was before to what it is."""
    say = view.say
    match aspect:
        case Field.STATUS:
            return _status_sentence(before, lecture, view)
        case Field.STARTS | Field.ENDS:
            return _date_sentence(before, lecture, view)
        case Field.IN_PERSON:
            return _places_sentence(lecture, view)
        case Field.FORM:
            return _form_sentence(before, lecture, view)
        case Field.DEADLINE:
            was, now = view.series.deadline(before), view.series.deadline(lecture)
            told = _exchanged(Field.DEADLINE, _instants(was, now, view), _dated(lecture, view), view)
            state = registration_status(view.series, lecture, view.now).state
            return joined(
                [told, registration_sentence(lecture, view) if state is RegistrationState.CLOSED else ""], view
            )
        case Field.NOTES:
            return _notes_sentence(before, lecture, view)
        case Field.SUMMARY | Field.ABSTRACT:
            name = "news.abstract_revised" if before.abstract else "news.abstract"
            return say(name, subject=_dated(lecture, view))
        case Field.MATERIALS | MaterialChange.REPLACED:
            labels = [link.label for link in material_links(new_materials(before, lecture), view)]
            shown = shortened(say("join.comma").join(labels), _ENOUGH)
            return say(f"news.{aspect}", subject=lectures_named([lecture], view), labels=shown)
        case _:
            return _value_sentence(aspect, before, lecture, view)


def _status_sentence(before: Lecture, lecture: Lecture, view: View) -> str:
    say, number = view.say, lecture.number
    if lecture.status is not Status.PLANNED:
        if before.status is Status.PLANNED and before.day:
            return say(f"news.{lecture.status}", number=number, when=moment(before, view))
        return say(f"news.{lecture.status}_undated", number=number)
    if not lecture.day:
        return say(f"news.not_{before.status}_undated", number=number)
    return say(f"news.takes_place_{before.status}", number=number, when=moment(lecture, view))


def _date_sentence(before: Lecture, lecture: Lecture, view: View) -> str:
    number = view.say("post.subject", number=lecture.number)
    if before.day != lecture.day:
        label = Field.STARTS if lecture.starts or (not lecture.day and before.starts) else "day"
        moments = _instants(before.starts or before.day, lecture.starts or lecture.day, view)
        return _exchanged(label, moments, number, view)
    if before.starts != lecture.starts:
        return _exchanged("time", _instants(before.starts, lecture.starts, view), number, view)
    return _exchanged(Field.ENDS, _instants(before.ends, lecture.ends, view), number, view)


def _places_sentence(lecture: Lecture, view: View) -> str:
    say, named = view.say, _dated(lecture, view)
    if not lecture.registration.in_person_full:
        return joined([say("news.places", subject=named), what_to_do(lecture, view)], view)
    if lecture.mode is Mode.IN_PERSON:
        return say("news.full", subject=named)
    status = registration_status(view.series, lecture, view.now)
    if not status.form:
        return joined([say("news.full_in_person", subject=named), what_to_do(lecture, view)], view)
    if not status.closes:
        return say("news.full_but_online", subject=named)
    return say("news.full_but_online_until", subject=named, until=moment_written(status.closes, view.language))


def _form_sentence(before: Lecture, lecture: Lecture, view: View) -> str:
    say = view.say
    if not lecture.registration.url:
        return say("news.form_withdrawn", subject=_dated(lecture, view))
    if before.registration.url:
        return joined([say("news.form_new", subject=_dated(lecture, view)), what_to_do(lecture, view)], view)
    status = registration_status(view.series, lecture, view.now)
    if not status.form or not status.closes:
        state = registration_sentence(lecture, view)
        return say("news.registration_over", state=state, subject=lectures_named([lecture], view))
    online = "_online" if status.in_person_full else ""
    until = moment_written(status.closes, view.language)
    return say(f"news.registration_opened{online}", until=until, subject=lectures_named([lecture], view))


def _notes_sentence(before: Lecture, lecture: Lecture, view: View) -> str:
    named = _dated(lecture, view)
    if lecture.notes:
        return view.say("news.notes", subject=named, notes=_brief(lecture.notes.into(view.language)))
    gone = _brief(before.notes.into(view.language)) if before.notes else ""
    return view.say("news.notes_removed", subject=named, notes=gone)


def _value_sentence(aspect: Aspect, before: Lecture, lecture: Lecture, view: View) -> str:
    named = _dated(lecture, view)
    match aspect:
        case Field.VENUE | Field.ROOM | Field.VENUE_TENTATIVE:
            return _venue_sentence(aspect, venue_in_force(before), venue_in_force(lecture), named, view)
        case Field.MODE:
            modes = (view.say(f"mode.{each.mode}") if each.mode else None for each in (before, lecture))
            return _exchanged(aspect, modes, named, view)
        case Field.SPEAKER:
            people = (_brief(person(each.speaker, view.say)) if each.speaker else None for each in (before, lecture))
            return _exchanged(aspect, people, named, view)
        case Field.TITLE:
            titles = (title_quoted(each, view) if has_final_title(each) else None for each in (before, lecture))
            return _exchanged(aspect, titles, named, view)
        case Field.LANGUAGE:
            names = (language_name(each.language, view.say) if each.language else None for each in (before, lecture))
            return _exchanged(aspect, names, named, view)
        case _:
            raise ValueError(f"{aspect} is no news")


def _venue_sentence(aspect: Aspect, was: Venue | None, now: Venue | None, named: str, view: View) -> str:
    """Where it takes place: the room alone if the rest is known."""
    if now and now.tentative and (was is None or aspect is Field.VENUE_TENTATIVE):
        venue = _brief(now.full_name.into(view.language))
        return view.say("news.venue_tentative", subject=named, venue=venue)
    if aspect is Field.ROOM and was and now and (was.room or now.room):
        rooms = (_brief(each.room.into(view.language)) if each.room else None for each in (was, now))
        return _exchanged(aspect, rooms, named, view)
    decided = was is None or aspect is Field.VENUE_TENTATIVE
    names = (_brief(venue_name(each, view.say)) if each else None for each in (None if decided else was, now))
    return _exchanged(aspect, names, named, view)


def _exchanged(label: str, values: Iterable[str | None], named: str, view: View) -> str:
    """That something was decided, exchanged or is open again, given what it was and what it is."""
    was, now = values
    word = view.say(f"news.label.{label}")
    if was is None:
        return view.say("news.decided", subject=named, label=word, after=now or "")
    if now is None:
        return view.say("news.open_again", subject=named, label=word, before=was)
    return view.say("news.exchanged", subject=named, label=word, before=was, after=now)


def _instants(was: date | None, now: date | None, view: View) -> tuple[str | None, str | None]:
    """Two instants or days as they stand side by side, the second without its day if that is the same.

    The year is given only where it differs, and the zone once if it is one.
    """
    if was and now and was.year != now.year:
        first, second = written(When(was), view.language), written(When(now), view.language)
    else:
        first, second = (moment_written(each, view.language) if each else "" for each in (was, now))
    if isinstance(was, datetime) and isinstance(now, datetime):
        if was.tzname() == now.tzname():
            first = first.removesuffix(f" {was.tzname()}")
        if was.date() == now.date():
            second = time_written(now)
    return first or None, second or None


def _dated(lecture: Lecture, view: View) -> str:
    if not lecture.day or lecture.status is Status.POSTPONED:
        return view.say("post.subject", number=lecture.number)
    return view.say("news.dated", number=lecture.number, day=day_and_month(lecture.day, view.language))


def moment(lecture: Lecture, view: View) -> str:
    """When the lecture begins, or on which day while the time is to be announced."""
    begins = lecture.starts or lecture.day
    return moment_written(begins, view.language) if begins else view.say("date.undecided")


def what_to_do(lecture: Lecture, view: View) -> str:
    """Until when to register, or that it is too late; nothing as long as there is nothing to be done."""
    state = registration_status(view.series, lecture, view.now).state
    if state in (RegistrationState.CLOSED, RegistrationState.FULL):
        return registration_sentence(lecture, view)
    return register_by(lecture, view)


def register_by(lecture: Lecture, view: View) -> str:
    """Until when to register; nothing unless that is possible."""
    status = registration_status(view.series, lecture, view.now)
    if not status.form or not status.closes:
        return ""
    name = "post.register_by_online" if status.in_person_full else "post.register_by"
    return view.say(name, until=moment_written(status.closes, view.language))


def _brief(text: str) -> str:
    """A text within a sentence: in one line, not too long, its own full stop left out."""
    return shortened(" ".join(text.split()).rstrip("。."), _ENOUGH)


def joined(sentences: Sequence[str], view: View) -> str:
    """The sentences one after the other; empty ones are left out."""
    first, *others = (each for each in sentences if each)
    for each in others:
        first = view.say("join.sentences", first=first, second=each)
    return first


_MOST_NAMED = 4
"""Lectures that the first line names; more of them would push its end off the screen."""

_REGISTERING = frozenset({Field.DEADLINE, Field.FORM})
"""What is told with a new date by saying until when to register."""


def changed_headline(aspects: Sequence[Aspect], before: Lecture, lecture: Lecture, view: View) -> str:
    """What the changes of one lecture come to, given the weightiest first: that one in full, the others by name."""
    first, *others = aspects
    sentences = [sentence(first, before, lecture, view)]
    moved = first is Field.STATUS or (
        first in (Field.STARTS, Field.ENDS) and (before.day != lecture.day or not _REGISTERING.isdisjoint(others))
    )
    if lecture.status is Status.PLANNED and moved:
        sentences.append(what_to_do(lecture, view))
    told = {first, *(_REGISTERING if moved else ())}
    names = [view.say(f"news.label.{each}") for each in others if each not in told]
    if names:
        sentences.append(view.say("news.others", labels=view.say("join.comma").join(dict.fromkeys(names))))
    if Field.VENUE in aspects and view.series.is_unusual(lecture):
        sentences.append(view.say("notice.unusual_venue"))
    return joined(sentences, view)


def listed_headline(lecture: Lecture, view: View) -> str:
    """That a lecture is new in the schedule, and where its registration stands."""
    named = lectures_named([lecture], view)
    if lecture.status is not Status.PLANNED:
        return view.say(f"post.{lecture.status}", subject=named)
    if not lecture.day:
        return view.say("news.listed_undated", subject=named)
    told = view.say("news.listed", subject=named, when=moment(lecture, view))
    return joined([told, register_by(lecture, view) or registration_sentence(lecture, view)], view)


def several_listed_headline(lectures: Sequence[Lecture], view: View) -> str:
    """How many lectures are new in the schedule, and the first of them by number and day."""
    say = view.say
    named = [
        say(
            "news.among",
            number=each.number,
            day=day_and_month(each.day, view.language) if each.day else say("date.undecided"),
        )
        for each in lectures[:_MOST_NAMED]
    ]
    row = say("join.comma").join(named)
    if len(lectures) > len(named):
        row = say("news.and_more", first=row)
    return say("news.several_listed", count=len(lectures), lectures=row)


def taken_back_headline(kind: News, lecture: Lecture, view: View) -> str:
    """That what a post said does not hold any more, and what holds instead."""
    say, number = view.say, lecture.number
    if kind in (News.POSTPONED, News.CANCELLED) and lecture.status is Status.PLANNED and lecture.day:
        told = say(f"news.not_{kind}", number=number, when=moment(lecture, view))
        return joined([told, register_by(lecture, view)], view)
    return say("news.materials_taken_back" if kind is News.MATERIALS else "news.taken_back", number=number)
