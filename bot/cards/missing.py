"""What is missing of lectures, in words: which, since when or how long until, and what to type to mend it."""

from collections.abc import Sequence
from typing import Final

from bot.cards.lecture import View, heading
from bot.domain.lecture import Field, Lecture, Phase
from bot.domain.message import Entry, Text, When
from bot.domain.missing import MaterialGap, Missing
from bot.i18n import day_and_month

_NOTHING: Final = "…"


def lectures_lacking(found: Sequence[Missing]) -> list[int]:
    """The numbers of lectures of which something is missing, in their order, each once."""
    return list(dict.fromkeys(each.lecture for each in found))


def missing_entries(found: Sequence[Missing], view: View) -> tuple[Entry, ...]:
    """One entry for each lecture: its day, and a line for each thing that it lacks, with what to type."""
    entries = []
    for number in lectures_lacking(found):
        lecture = view.series.lecture(number)
        gaps = [each for each in found if each.lecture == number]
        if lecture:
            lines = (_when(gaps[0], lecture, view), *((_line(each, lecture, view),) for each in gaps))
            entries.append(Entry(heading(lecture, view), lines))
    return tuple(entries)


def missing_sentence(found: Sequence[Missing], view: View) -> str:
    """What the most pressing lecture lacks, and how many more lack something."""
    say, numbers = view.say, lectures_lacking(found)
    first = view.series.lecture(numbers[0])
    gaps = [say(f"missing.name.{each.gap}") for each in found if each.lecture == numbers[0]]
    day = day_and_month(first.day, view.language) if first and first.day else _NOTHING
    told = say("missing.sentence", number=numbers[0], day=day, gaps=say("join.comma").join(gaps))
    others = len(numbers) - 1
    return say("join.sentences", first=told, second=say("missing.others", count=others)) if others else told


def _when(gap: Missing, lecture: Lecture, view: View) -> Text:
    day = When(lecture.day or view.now.date())
    if gap.over:
        return view.say.text("missing.since", day=day, count=gap.days)
    return (
        view.say.text("missing.until", day=day, count=gap.days) if gap.days else view.say.text("missing.today", day=day)
    )


def _line(gap: Missing, lecture: Lecture, view: View) -> str:
    say, number = view.say, lecture.number
    if gap.gap is Field.VENUE and lecture.venue:
        return say("missing.line.venue_tentative", number=number, venue=lecture.venue.name.into(view.language))
    if gap.gap is not MaterialGap.IN_PREPARATION:
        return say(f"missing.line.{gap.gap}", number=number)
    labels = [each.label.into(view.language) for each in lecture.materials if each.in_preparation]
    return say("missing.line.in_preparation", number=number, labels=say("join.comma").join(labels), label=labels[0])


def passed_over(lecture: Lecture, view: View) -> tuple[Text, ...]:
    """Cancelled and postponed lectures that people may have expected before this one."""
    series = view.series
    begins = series.begins(lecture)
    sentences = []
    for each in series.lectures:
        over_at, earlier = series.over_at(each), series.begins(each)
        if not over_at or not earlier or not begins or not view.now < over_at or earlier > begins:
            continue
        phase = each.phase(view.now)
        if phase in (Phase.CANCELLED, Phase.POSTPONED):
            when = (When(each.day),) if each.day else ()
            sentences.append(view.say.text(f"next.{phase}", number=each.number, when=when))
    return tuple(sentences)
