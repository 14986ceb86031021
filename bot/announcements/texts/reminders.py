"""What the post of a stage says: a first line that is enough on a phone's lock screen, then the cards.

A post is worded from the schedule as it is, whenever that is: at first when it is sent, and again for as long as it
stands in a channel, so that it never says what is no longer true.
"""

from bot.announcements.post import StageMatter
from bot.cards.lecture import View, lecture_card, standing_sentence
from bot.cards.rules import day_rules
from bot.domain.deadlines import RegistrationState, registration_standing
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Message, Part, Text
from bot.domain.reminder_times import Stage
from bot.domain.series import Series
from bot.i18n import Phrases, moment_written, time_written

_USABLE = (RegistrationState.OPEN, RegistrationState.CLOSING_SOON)


def stage_post(matter: StageMatter, view: View) -> Message:
    """The post as it is right at `view.now`, without anything to press."""
    lectures = [lecture for number in matter.lectures if (lecture := view.series.lecture(number))]
    if not lectures:
        return Message(view.say("post.removed", subject=_numbers(matter, view.say)))
    kept = [lecture for lecture in lectures if is_as_planned(matter, lecture, view.series)]
    corrected: tuple[Text, ...] = ((view.say("notice.corrected"),),)
    parts: tuple[Part, ...] = tuple(
        lecture_card(
            lecture,
            view,
            notices=() if lecture in kept else corrected,
            lasting=True,
            materials=matter.stage in (Stage.MORNING, Stage.STARTING),
        )
        for lecture in lectures
    )
    if matter.stage is Stage.MORNING and kept:
        parts += day_rules(kept, view)
    headline = _headline(matter, kept, view) if kept else _correction(matter, lectures, view)
    return Message(headline, parts)


def subject(lectures: list[Lecture], view: View) -> str:
    """What a post is about, by number, title and speaker; a tentative title is never told as the title."""
    return view.say("join.and").join(_subject(lecture, view.say) for lecture in lectures)


def is_as_planned(matter: StageMatter, lecture: Lecture, series: Series) -> bool:
    """Whether the lecture still has what the stage was counted from."""
    anchor = series.deadline(lecture) if matter.stage.concerns_registration else series.begins(lecture)
    return lecture.status is Status.PLANNED and anchor == matter.anchor


def _subject(lecture: Lecture, say: Phrases) -> str:
    title = lecture.title.into(say.language) if lecture.title and not lecture.title_tentative else ""
    speaker = lecture.speaker.name.into(say.language) if lecture.speaker else ""
    name = "post.subject" + ("_title" if title else "") + ("_speaker" if speaker else "")
    return say(name, number=lecture.number, title=title, speaker=speaker)


def _numbers(matter: StageMatter, say: Phrases) -> str:
    return say("join.and").join(say("post.subject", number=number) for number in matter.lectures)


def _headline(matter: StageMatter, lectures: list[Lecture], view: View) -> str:
    say, first, named = view.say, lectures[0], subject(lectures, view)
    if matter.stage.concerns_registration:
        return _registration_headline(matter, lectures, view)
    if matter.stage is not Stage.WEEK_BEFORE:
        name = f"post.{matter.stage}" if first.starts else f"post.{matter.stage}_undecided"
        return say(name, subject=named, time=time_written(first.starts) if first.starts else "")
    sentence = say("post.week_before", subject=named, when=_when(first, view))
    return say("join.sentences", first=sentence, second=_registration(first, view))


def _registration_headline(matter: StageMatter, lectures: list[Lecture], view: View) -> str:
    standing = registration_standing(view.series, lectures[0], view.now)
    if standing.state not in _USABLE or standing.closes is None:
        return _registration_state(lectures, view)
    return view.say(
        f"post.{matter.stage}{'_online' if standing.in_person_full else ''}",
        subject=subject(lectures, view),
        until=moment_written(standing.closes, view.language),
        time=time_written(standing.closes),
    )


def _registration_state(lectures: list[Lecture], view: View) -> str:
    state = standing_sentence(lectures[0], view)
    return view.say("join.sentences", first=state, second=subject(lectures, view))


def _correction(matter: StageMatter, lectures: list[Lecture], view: View) -> str:
    """The first line of a post whose moment is no longer right: what became of the lectures."""
    say, first, named = view.say, lectures[0], subject(lectures, view)
    if first.status is not Status.PLANNED:
        return say(f"post.{first.status}", subject=named)
    standing = registration_standing(view.series, first, view.now)
    if matter.stage.concerns_registration:
        if standing.state not in _USABLE or standing.closes is None:
            return _registration_state(lectures, view)
        return say("post.closing_moved", subject=named, until=moment_written(standing.closes, view.language))
    if not first.day:
        return say("post.undated", subject=named)
    moved = say("post.moved", subject=named, when=_when(first, view))
    return say("join.sentences", first=moved, second=_registration(first, view))


def _when(lecture: Lecture, view: View) -> str:
    begins = view.series.begins(lecture) or view.now
    return moment_written(begins if lecture.starts else begins.date(), view.language)


def _registration(lecture: Lecture, view: View) -> str:
    standing = registration_standing(view.series, lecture, view.now)
    if standing.state not in _USABLE or not standing.closes:
        return standing_sentence(lecture, view)
    name = "post.register_by_online" if standing.in_person_full else "post.register_by"
    return view.say(name, until=moment_written(standing.closes, view.language))
