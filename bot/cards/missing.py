"""What is missing of lectures, in words: which, since when or how long until, and what to type to mend it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.cards.lecture import View, heading
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Entry, Text, When
from bot.domain.missing import Gap, Missing
from bot.domain.text import one_line
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
            told = [(line,) for each in gaps for line in _line(each, lecture, view).splitlines()]
            entries.append(Entry(heading(lecture, view), (_when(gaps[0], lecture, view), *told)))
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
    """What is missing, with the line that mends it as it can be typed."""
    values = dict(_TOLD[gap.gap](lecture, view)) if gap.gap in _TOLD else {}
    is_tentative = gap.gap in (Gap.TITLE, Gap.VENUE) and bool(values.get("tentative"))
    name = f"missing.line.{gap.gap}_tentative" if is_tentative else f"missing.line.{gap.gap}"
    return view.say(name, number=lecture.number, **values)


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


def _english_title(lecture: Lecture, view: View) -> dict[str, str]:
    return {"text": one_line(lecture.title.ja) if lecture.title else ""}


def _english_speaker(lecture: Lecture, view: View) -> dict[str, str]:
    """All of them, since what is typed takes the place of all."""
    affiliated = any(each.affiliation for each in lecture.speakers)
    english = "Taro Yamada (University of Tokyo)" if affiliated else "Taro Yamada"
    text = "・".join(each.name.ja for each in lecture.speakers)
    return {"text": text, "english": "; ".join([english] * len(lecture.speakers))}


def _english_venue(lecture: Lecture, view: View) -> dict[str, str]:
    venue = lecture.venue
    english = "Tokyo Campus, Room 118" if venue and venue.room else "Tokyo Campus"
    return {"text": venue.full_name.ja if venue else "", "english": english}


def _prepared(lecture: Lecture, view: View) -> dict[str, str]:
    labels = [each.label.into(view.language) for each in lecture.materials if each.in_preparation]
    return {"labels": view.say("join.comma").join(labels), "label": labels[0]}


_TOLD: Final[Mapping[Gap, Callable[[Lecture, View], Mapping[str, str]]]] = {
    Gap.TIME: _time,
    Gap.VENUE: _venue,
    Gap.TITLE: _title,
    Gap.ENGLISH_TITLE: _english_title,
    Gap.ENGLISH_SPEAKER: _english_speaker,
    Gap.ENGLISH_VENUE: _english_venue,
    Gap.IN_PREPARATION: _prepared,
}
"""What the lines are about beside the lecture's number."""


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
