"""What the post of a stage says: a first line that is enough on a phone's lock screen, then the cards.

A post is worded from the schedule as it is, whenever that is: at first when it is sent, and again for as long as it
stands in a channel, so that it never says what is no longer true.
"""

from bot.announcements.post import ReminderSubject
from bot.cards.lecture import View, lecture_card, registration_sentence
from bot.cards.rules import day_rules
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Message, Part, Text
from bot.domain.reminder_times import Stage
from bot.domain.series import Series
from bot.i18n import Phrases, moment_written, time_written

_USABLE = (RegistrationState.OPEN, RegistrationState.CLOSING_SOON)


def stage_post(subject: ReminderSubject, view: View) -> Message:
    """The post as it is right at `view.now`, without anything to press."""
    lectures = [lecture for number in subject.lectures if (lecture := view.series.lecture(number))]
    if not lectures:
        return Message(view.say("post.removed", subject=_numbers(subject, view.say)))
    kept = [lecture for lecture in lectures if is_as_planned(subject, lecture, view.series)]
    corrected: tuple[Text, ...] = ((view.say("notice.corrected"),),)
    parts: tuple[Part, ...] = tuple(
        lecture_card(
            lecture,
            view,
            notices=() if lecture in kept else corrected,
            lasting=True,
            materials=subject.stage in (Stage.MORNING, Stage.STARTING),
        )
        for lecture in lectures
    )
    if subject.stage is Stage.MORNING and kept:
        parts += day_rules(kept, view)
    headline = _headline(subject, kept, view) if kept else _correction(subject, lectures, view)
    return Message(headline, parts)


def lectures_named(lectures: list[Lecture], view: View) -> str:
    """What a post is about, by number, title and speaker; a tentative title is never told as the title."""
    return view.say("join.and").join(_subject(lecture, view.say) for lecture in lectures)


def is_as_planned(subject: ReminderSubject, lecture: Lecture, series: Series) -> bool:
    """Whether the lecture still has what the stage was counted from."""
    anchor = series.deadline(lecture) if subject.stage.concerns_registration else series.begins(lecture)
    return lecture.status is Status.PLANNED and anchor == subject.anchor


def _subject(lecture: Lecture, say: Phrases) -> str:
    title = lecture.title.into(say.language) if lecture.title and not lecture.title_tentative else ""
    speaker = lecture.speaker.name.into(say.language) if lecture.speaker else ""
    name = "post.subject" + ("_title" if title else "") + ("_speaker" if speaker else "")
    return say(name, number=lecture.number, title=title, speaker=speaker)


def _numbers(subject: ReminderSubject, say: Phrases) -> str:
    return say("join.and").join(say("post.subject", number=number) for number in subject.lectures)


def _headline(subject: ReminderSubject, lectures: list[Lecture], view: View) -> str:
    say, first, named = view.say, lectures[0], lectures_named(lectures, view)
    if subject.stage.concerns_registration:
        return _registration_headline(subject, lectures, view)
    if subject.stage is not Stage.WEEK_BEFORE:
        name = f"post.{subject.stage}" if first.starts else f"post.{subject.stage}_undecided"
        return say(name, subject=named, time=time_written(first.starts) if first.starts else "")
    sentence = say("post.week_before", subject=named, when=_when(first, view))
    return say("join.sentences", first=sentence, second=_registration(first, view))


def _registration_headline(subject: ReminderSubject, lectures: list[Lecture], view: View) -> str:
    status = registration_status(view.series, lectures[0], view.now)
    if status.state not in _USABLE or status.closes is None:
        return _registration_state(lectures, view)
    return view.say(
        f"post.{subject.stage}{'_online' if status.in_person_full else ''}",
        subject=lectures_named(lectures, view),
        until=moment_written(status.closes, view.language),
        time=time_written(status.closes),
    )


def _registration_state(lectures: list[Lecture], view: View) -> str:
    state = registration_sentence(lectures[0], view)
    return view.say("join.sentences", first=state, second=lectures_named(lectures, view))


def _correction(subject: ReminderSubject, lectures: list[Lecture], view: View) -> str:
    """The first line of a post whose moment is no longer right: what became of the lectures."""
    say, first, named = view.say, lectures[0], lectures_named(lectures, view)
    if first.status is not Status.PLANNED:
        return say(f"post.{first.status}", subject=named)
    status = registration_status(view.series, first, view.now)
    if subject.stage.concerns_registration:
        if status.state not in _USABLE or status.closes is None:
            return _registration_state(lectures, view)
        return say("post.closing_moved", subject=named, until=moment_written(status.closes, view.language))
    if not first.day:
        return say("post.undated", subject=named)
    moved = say("post.moved", subject=named, when=_when(first, view))
    return say("join.sentences", first=moved, second=_registration(first, view))


def _when(lecture: Lecture, view: View) -> str:
    begins = view.series.begins(lecture) or view.now
    return moment_written(begins if lecture.starts else begins.date(), view.language)


def _registration(lecture: Lecture, view: View) -> str:
    status = registration_status(view.series, lecture, view.now)
    if status.state not in _USABLE or not status.closes:
        return registration_sentence(lecture, view)
    name = "post.register_by_online" if status.in_person_full else "post.register_by"
    return view.say(name, until=moment_written(status.closes, view.language))
