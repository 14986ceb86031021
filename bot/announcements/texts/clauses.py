"""What became of one aspect of a lecture, by its value, in a few words that stand after the lecture's name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.announcements.texts.naming import begins, brief, venue_said
from bot.cards.changes import material_links, title_quoted
from bot.cards.dates import moment_said, time_said
from bot.cards.lecture import talk_line
from bot.cards.people import everybody, names
from bot.cards.view import View
from bot.domain.changes import (
    Aspect,
    MaterialChange,
    changed_talks,
    deadline_told,
    lost_talks,
    new_materials,
    new_speakers,
    venue_in_force,
)
from bot.domain.lecture import Field, Lecture, Talk
from bot.i18n.languages import language_name

MOST_IMPORTANT_FIRST: Final[tuple[Aspect, ...]] = (
    *(Field.STATUS, Field.STARTS, Field.ENDS),
    *(Field.VENUE, Field.ROOM, Field.MODE),
    *(Field.IN_PERSON, Field.FORM, Field.DEADLINE, Field.OPENS, Field.JOIN),
    *(Field.MATERIALS, MaterialChange.REPLACED),
    *(Field.SPEAKER, Field.TALKS, Field.TITLE, Field.SUMMARY, Field.ABSTRACT),
    *(Field.LANGUAGE, Field.NOTES, Field.VENUE_TENTATIVE),
)
"""The order in which changes are told in a first line; those absent here are not."""


def clause(aspect: Aspect, before: Lecture, lecture: Lecture, view: View) -> str:
    """What it is now or, if it is open again, what it was."""
    return CLAUSES[aspect](before, lecture, view)


def _starts(before: Lecture, lecture: Lecture, view: View) -> str:
    if not lecture.day:
        return view.say("clause.starts_open", before=begins(before, view))
    if lecture.day == before.day and lecture.starts:
        return view.say("clause.time", time=time_said(lecture.starts, view))
    return view.say("clause.starts", when=begins(lecture, view))


def _ends(_: Lecture, lecture: Lecture, view: View) -> str:
    if not lecture.ends:
        return view.say("clause.ends_open")
    return view.say("clause.ends", time=time_said(lecture.ends, view))


def _venue(before: Lecture, lecture: Lecture, view: View) -> str:
    venue, was = venue_in_force(lecture), venue_in_force(before)
    if venue is None:
        return view.say("clause.venue_open", before=venue_said(was, view) if was else "")
    return view.say("clause.venue", venue=venue_said(venue, view, unusual=view.series.is_unusual(lecture)))


def _mode(_: Lecture, lecture: Lecture, view: View) -> str:
    return view.say(f"clause.mode_{lecture.mode}" if lecture.mode else "clause.mode_open")


def _places(_: Lecture, lecture: Lecture, view: View) -> str:
    return view.say("clause.full" if lecture.registration.in_person_full else "clause.places")


def _form(before: Lecture, lecture: Lecture, view: View) -> str:
    if not lecture.registration.url:
        return view.say("clause.form_withdrawn")
    return view.say("clause.form_new" if before.registration.url else "clause.form_added")


def _deadline(_: Lecture, lecture: Lecture, view: View) -> str:
    closes = deadline_told(lecture, view.series)
    if isinstance(closes, datetime):
        return view.say("clause.deadline", until=moment_said(closes, view))
    return view.say(f"clause.deadline_{closes or 'open'}")


def _opening(_: Lecture, lecture: Lecture, view: View) -> str:
    opens = lecture.registration.opens
    return view.say("clause.opens", when=moment_said(opens, view)) if opens else view.say("clause.form_added")


def _join(_: Lecture, lecture: Lecture, view: View) -> str:
    return view.say("clause.join" if lecture.join else "clause.join_withdrawn")


def _speaker(before: Lecture, lecture: Lecture, view: View) -> str:
    """Who it is now; where somebody only came or went, who that is."""
    say, came, went = view.say, new_speakers(before, lecture), new_speakers(lecture, before)
    if not lecture.speakers:
        return say("clause.speaker_open", before=names(before.speakers, say))
    if came and before.speakers and not went:
        return say("clause.speaker_added", speaker=brief(everybody(came, say)), count=len(came))
    if went and not came:
        return say("clause.speaker_gone", speaker=names(went, say), count=len(went))
    everyone = everybody(lecture.speakers, say)
    short = everyone if brief(everyone) == everyone else names(lecture.speakers, say)
    return say("clause.speaker", speaker=brief(short), count=len(lecture.speakers))


def _talks(before: Lecture, lecture: Lecture, view: View) -> str:
    """The talks that came, went or are otherwise, each by its value; all of them where there were none before."""
    say, new = view.say, lost_talks(lecture, before)
    if new and not before.talks:
        row = _row(new, view)
        several = say("talks.of", count=len(new), speakers=names(lecture.people, say))
        return say("clause.talks", talks=row if brief(row) == row else several)
    changed = [now for _, now in changed_talks(before, lecture)]
    told = [
        say(name, talks=brief(_row(talks, view)), count=len(talks))
        for name, talks in (
            ("clause.talks_changed", changed),
            ("clause.talks_added", new),
            ("clause.talks_gone", lost_talks(before, lecture)),
        )
        if talks
    ]
    return say("join.comma").join(told)


def _row(talks: Sequence[Talk], view: View) -> str:
    return view.say("join.comma").join(talk_line(each, view.say) for each in talks)


def _title(_: Lecture, lecture: Lecture, view: View) -> str:
    return view.say("clause.title", title=title_quoted(lecture, view))


def _abstract(before: Lecture, lecture: Lecture, view: View) -> str:
    is_revised = before.abstracts and lecture.abstracts and len(lecture.abstracts) <= len(before.abstracts)
    return view.say("clause.abstract_revised" if is_revised else "clause.abstract")


def _language(_: Lecture, lecture: Lecture, view: View) -> str:
    if not lecture.language:
        return view.say("clause.language_open")
    return view.say("clause.language", language=language_name(lecture.language, view.language))


def _notes(before: Lecture, lecture: Lecture, view: View) -> str:
    if lecture.notes:
        return view.say("clause.notes", notes=brief(lecture.notes.into(view.language)))
    gone = before.notes.into(view.language) if before.notes else ""
    return view.say("clause.notes_removed", notes=brief(gone))


def _materials(before: Lecture, lecture: Lecture, view: View) -> str:
    labels = [link.label for link in material_links(new_materials(before, lecture), view)]
    return view.say("clause.materials", labels=brief(view.say("join.comma").join(labels)))


CLAUSES: Final[Mapping[Aspect, Callable[[Lecture, Lecture, View], str]]] = {
    Field.STARTS: _starts,
    Field.ENDS: _ends,
    Field.VENUE: _venue,
    Field.ROOM: _venue,
    Field.VENUE_TENTATIVE: _venue,
    Field.MODE: _mode,
    Field.IN_PERSON: _places,
    Field.FORM: _form,
    Field.DEADLINE: _deadline,
    Field.OPENS: _opening,
    Field.JOIN: _join,
    Field.SPEAKER: _speaker,
    Field.TALKS: _talks,
    Field.TITLE: _title,
    Field.SUMMARY: _abstract,
    Field.ABSTRACT: _abstract,
    Field.LANGUAGE: _language,
    Field.NOTES: _notes,
    Field.MATERIALS: _materials,
    MaterialChange.REPLACED: _materials,
}
"""Aspects by what is said of them; the status has sentences of its own."""
