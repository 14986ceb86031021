"""What is missing of lectures, in words: which, since when or how long until, and what to type to mend it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.cards.lecture import heading
from bot.cards.naming import reference
from bot.cards.view import View
from bot.domain.language import Localized
from bot.domain.lecture import Lecture
from bot.domain.message import Entry, Text, When
from bot.domain.missing import Gap, Missing, untranslated
from bot.domain.text import one_line
from bot.i18n import day_and_month, phrases
from bot.i18n.languages import language_name

_NOTHING: Final = "…"


def lectures_lacking(found: Sequence[Missing]) -> list[str]:
    """The ids of lectures of which something is missing, in their order, each once."""
    return list(dict.fromkeys(each.lecture for each in found))


def missing_entries(found: Sequence[Missing], view: View) -> tuple[Entry, ...]:
    """One entry for each lecture: its day, and a line for each thing that it lacks, with what to type."""
    entries = []
    for id_ in lectures_lacking(found):
        lecture = view.series.lecture(id_)
        gaps = [each for each in found if each.lecture == id_]
        if lecture:
            told = [(line,) for each in gaps for line in _line(each, lecture, view).splitlines()]
            entries.append(Entry(heading(lecture, view), (_when(gaps[0], lecture, view), *told)))
    return tuple(entries)


def missing_sentence(found: Sequence[Missing], view: View) -> str:
    """What the most pressing lecture lacks, and how many more lack something."""
    say, lectures = view.say, lectures_lacking(found)
    first = view.series.lecture(lectures[0])
    gaps = [_name(each, first, view) for each in found if each.lecture == lectures[0]]
    day = day_and_month(first.day, view.language) if first and first.day else _NOTHING
    name = reference(first, say, alone=False) if first else lectures[0]
    told = say("missing.sentence", lecture=name, day=day, gaps=say("join.comma").join(gaps))
    others = len(lectures) - 1
    return say("join.sentences", first=told, second=say("missing.others", count=others)) if others else told


def _name(gap: Missing, lecture: Lecture | None, view: View) -> str:
    values = _TOLD[gap.gap](lecture, view) if lecture and gap.gap in _TRANSLATED else {}
    return view.say(f"missing.name.{gap.gap}", **values)


def _when(gap: Missing, lecture: Lecture, view: View) -> Text:
    day = When(lecture.day or view.now.date())
    if gap.over:
        return view.say.text("missing.since", day=day, count=gap.days)
    return (
        view.say.text("missing.until", day=day, count=gap.days) if gap.days else view.say.text("missing.today", day=day)
    )


def _line(gap: Missing, lecture: Lecture, view: View) -> str:
    """What is missing, with the line that mends it as it can be typed."""
    values = dict(_TOLD[gap.gap](lecture, view)) if gap.gap in _TOLD else {}
    is_tentative = gap.gap in (Gap.TITLE, Gap.VENUE) and bool(values.get("tentative"))
    name = f"missing.line.{gap.gap}_tentative" if is_tentative else f"missing.line.{gap.gap}"
    return view.say(name, id=lecture.id, **values)


def _time(lecture: Lecture, view: View) -> dict[str, str]:
    """The day, with the hours of another lecture as an example."""
    timed = [each.starts for each in view.series.lectures if each.starts]
    return {"day": f"{lecture.day}", "time": f"{timed[-1]:%H:%M}" if timed else "13:00"}


def _venue(lecture: Lecture, view: View) -> dict[str, str]:
    """The venue to confirm or, as an example, the usual one."""
    usual = lecture.venue.name if lecture.venue else view.series.usual_venue
    place = usual.into(view.language) if usual else view.say("missing.example_place")
    return {"venue": place, "tentative": place if lecture.venue else ""}


def _title(lecture: Lecture, view: View) -> dict[str, str]:
    title = lecture.title.into(view.language) if lecture.title else ""
    return {"title": title, "tentative": title}


def _translated_title(lecture: Lecture, view: View) -> dict[str, str]:
    return _translated(view, lecture.title, example="missing.example_title")


def _translated_speaker(lecture: Lecture, view: View) -> dict[str, str]:
    """All of them, since what is typed takes the place of all."""
    belongs = [each.affiliation for each in lecture.speakers]
    example = "missing.example_speaker_whole" if any(belongs) else "missing.example_speaker"
    names = [each.name for each in lecture.speakers]
    told = _translated(view, *names, *belongs, example=example)
    text = view.say("join.comma").join(each.into(view.language) for each in names)
    return told | {"text": text, "example": "; ".join([told["example"]] * len(names))}


def _translated_venue(lecture: Lecture, view: View) -> dict[str, str]:
    name, room = (lecture.venue.name, lecture.venue.room) if lecture.venue else (None, None)
    return _translated(view, name, room, example="missing.example_venue_whole" if room else "missing.example_venue")


def _translated(view: View, *texts: Localized | None, example: str) -> dict[str, str]:
    """The text, and the first language that it is to be given in, with an example."""
    lacking = (*untranslated(view.series, *texts), view.language)[0]
    return {
        "text": one_line(" ".join(each.into(view.language) for each in texts if each)),
        "language": language_name(lacking, view.language),
        "tag": lacking,
        "example": phrases(lacking)(example),
    }


def _prepared(lecture: Lecture, view: View) -> dict[str, str]:
    labels = [each.label.into(view.language) for each in lecture.all_materials if each.in_preparation]
    return {"labels": view.say("join.comma").join(labels), "label": labels[0]}


_TRANSLATED: Final = (Gap.TRANSLATED_TITLE, Gap.TRANSLATED_SPEAKER, Gap.TRANSLATED_VENUE)
_TOLD: Final[Mapping[Gap, Callable[[Lecture, View], Mapping[str, str]]]] = {
    Gap.TIME: _time,
    Gap.VENUE: _venue,
    Gap.TITLE: _title,
    Gap.TRANSLATED_TITLE: _translated_title,
    Gap.TRANSLATED_SPEAKER: _translated_speaker,
    Gap.TRANSLATED_VENUE: _translated_venue,
    Gap.IN_PREPARATION: _prepared,
}
"""What the lines are about beside the lecture's number."""
