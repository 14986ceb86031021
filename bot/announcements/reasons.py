"""Why a post is planned, for those who want to know before it is sent."""

from datetime import timedelta

from bot.announcements.plan import PlannedPost
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.timings import TIMINGS
from bot.phrases import phrases


def reason(series: Series, planned: PlannedPost, language: Language) -> str:
    """What the post's moment is counted from, in a few words."""
    timing = series.timings.get(planned.stage) or TIMINGS[planned.stage]
    return phrases(language)(
        f"why.{planned.stage}",
        days=timing.days,
        at=f"{timing.at:%H:%M}" if timing.at else "",
        hours=timing.before // timedelta(hours=1),
        minutes=timing.before // timedelta(minutes=1),
    )
