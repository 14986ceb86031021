"""Why a post is planned, sent or edited, for those who want to know."""

from datetime import datetime, timedelta
from typing import Final

from bot.announcements.post import (
    CardMatter,
    DigestMatter,
    FreeMatter,
    Matter,
    NewsMatter,
    NoticeMatter,
    PublicMatter,
    StageMatter,
)
from bot.announcements.texts.reminders import is_as_planned
from bot.domain.language import Language
from bot.domain.reminder_times import TIMINGS
from bot.domain.series import Series
from bot.i18n import phrases

_AT_ONCE: Final = timedelta(minutes=1)
"""How soon after the deadline posts are edited for it."""


def reason(series: Series, matter: Matter, language: Language) -> str:
    """What the post's moment is counted from, in a few words."""
    say = phrases(language)
    if isinstance(matter, NoticeMatter | DigestMatter):
        return say("why.notice")
    if isinstance(matter, FreeMatter):
        return say("why.free")
    if isinstance(matter, CardMatter):
        return say("why.card")
    if isinstance(matter, NewsMatter):
        return say(f"why.{matter.kinds[0]}")
    timing = series.timings.get(matter.stage) or TIMINGS[matter.stage]
    return say(
        f"why.{matter.stage}",
        days=timing.days,
        at=f"{timing.at:%H:%M}" if timing.at else "",
        hours=timing.before // timedelta(hours=1),
        minutes=timing.before // timedelta(minutes=1),
    )


def was_closed(series: Series, matter: Matter, now: datetime) -> bool:
    """Whether a post that is edited at that instant is so because registration closes then, and for nothing else."""
    if not isinstance(matter, PublicMatter):
        return False
    deadlines = []
    for number in matter.lectures:
        lecture = series.lecture(number)
        if lecture is None or (isinstance(matter, StageMatter) and not is_as_planned(matter, lecture, series)):
            return False
        deadlines.append(series.deadline(lecture))
    return any(each is not None and timedelta() <= now - each < _AT_ONCE for each in deadlines)
