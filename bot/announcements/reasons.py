"""Why a post is planned, sent or edited, for those who want to know."""

from datetime import datetime, timedelta
from typing import Final

from bot.announcements.post import (
    AlertSubject,
    CardSubject,
    ChangeSubject,
    DigestSubject,
    FreeTextSubject,
    PostSubject,
    PublicMatter,
    ReminderSubject,
    SharedAnswerSubject,
)
from bot.announcements.texts.reminders import is_as_planned
from bot.domain.deadlines import is_closing_told
from bot.domain.language import Language
from bot.domain.reminder_times import TIMINGS, Stage
from bot.domain.series import Series
from bot.i18n import Phrases, phrases

_AT_ONCE: Final = timedelta(minutes=1)
"""How soon after the deadline posts are edited for it."""


def reason(series: Series, subject: PostSubject, language: Language) -> str:
    """What the post's moment is counted from, in a few words."""
    say = phrases(language, series.called)
    if isinstance(subject, AlertSubject | DigestSubject):
        return say("why.notice")
    if isinstance(subject, FreeTextSubject):
        return say("why.free")
    if isinstance(subject, CardSubject):
        return say("why.card")
    if isinstance(subject, SharedAnswerSubject):
        return say("why.shared")
    if isinstance(subject, ChangeSubject):
        return say(f"why.{subject.kinds[0]}")
    told = dict.fromkeys((each.stage, each.repeat) for stage in Stage for each in subject.stages if each.stage is stage)
    return say("join.comma").join(_counted_from(series, stage, repeat, say) for stage, repeat in told)


def _counted_from(series: Series, stage: Stage, repeat: str, say: Phrases) -> str:
    usual = series.timings.get(stage) or TIMINGS[stage]
    timing = next((each for each in usual.again if each.mark == repeat), usual)
    return say(
        f"why.{stage}",
        days=timing.days,
        count=timing.days,
        at=f"{timing.at:%H:%M}" if timing.at else "",
        hours=timing.before // timedelta(hours=1),
        minutes=timing.before // timedelta(minutes=1),
    )


def was_closed(series: Series, subject: PostSubject, now: datetime) -> bool:
    """Whether a post that is edited at that instant is so because registration closes then, and for nothing else."""
    if not isinstance(subject, PublicMatter):
        return False
    lectures = {each: lecture for each in subject.lectures if (lecture := series.lecture(each))}
    if isinstance(subject, ReminderSubject):
        planned = {
            each.lecture
            for each in subject.stages
            if each.lecture in lectures and is_as_planned(each, lectures[each.lecture], series)
        }
    else:
        planned = {*subject.lectures}
    if planned != {*subject.lectures} or len(lectures) < len(planned):
        return False
    closing = [each for each in lectures.values() if series.form(each) and is_closing_told(series, each)]
    deadlines = map(series.deadline, closing)
    return any(each is not None and timedelta() <= now - each < _AT_ONCE for each in deadlines)
