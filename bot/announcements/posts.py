"""What a post says: a first line that is enough on a phone's lock screen, then the cards."""

from bot.announcements.plan import PlannedPost
from bot.cards.lecture import lecture_card, standing_sentence
from bot.cards.rules import day_rules
from bot.cards.view import View
from bot.content import Message, Part
from bot.domain.deadlines import RegistrationState, registration_standing
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.domain.timings import Stage
from bot.phrases import Phrases, moment_written, time_written


def post(series: Series, planned: PlannedPost, language: Language) -> Message:
    """The post as it is right at the moment it is due."""
    view = View(series, planned.due, language)
    lectures = [lecture for number in planned.lectures if (lecture := series.lecture(number))]
    parts: tuple[Part, ...] = tuple(lecture_card(lecture, view) for lecture in lectures)
    if planned.stage is Stage.MORNING:
        parts += day_rules(lectures, view)
    return Message(_headline(planned.stage, lectures, view), parts)


def _headline(stage: Stage, lectures: list[Lecture], view: View) -> str:
    say, first = view.say, lectures[0]
    subject = say("join.and").join(_subject(lecture, say) for lecture in lectures)
    if stage.concerns_registration:
        closes = view.series.deadline(first) or view.now
        until, at = moment_written(closes, view.language), time_written(closes)
        return say(f"post.{stage}", subject=subject, until=until, time=at)
    if stage is not Stage.WEEK_BEFORE:
        name = f"post.{stage}" if first.starts else f"post.{stage}_undecided"
        return say(name, subject=subject, time=time_written(first.starts) if first.starts else "")
    sentence = say("post.week_before", subject=subject, when=_when(first, view))
    return say("join.sentences", first=sentence, second=_registration(first, view))


def _subject(lecture: Lecture, say: Phrases) -> str:
    title = lecture.title.into(say.language) if lecture.title and not lecture.title_tentative else ""
    speaker = lecture.speaker.name.into(say.language) if lecture.speaker else ""
    name = "post.subject" + ("_title" if title else "") + ("_speaker" if speaker else "")
    return say(name, number=lecture.number, title=title, speaker=speaker)


def _when(lecture: Lecture, view: View) -> str:
    begins = view.series.begins(lecture) or view.now
    return moment_written(begins if lecture.starts else begins.date(), view.language)


def _registration(lecture: Lecture, view: View) -> str:
    standing = registration_standing(view.series, lecture, view.now)
    if standing.closes and standing.state in (RegistrationState.OPEN, RegistrationState.CLOSING_SOON):
        return view.say("post.register_by", until=moment_written(standing.closes, view.language))
    return standing_sentence(lecture, view)
