"""Which posts fall due in a stretch of time, computed anew from the schedule whenever it is asked."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.series import Series
from bot.domain.stages import DueStage, stages
from bot.domain.timings import Stage


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """One post: its stage, the numbers of the lectures it is about, when it is due and until when it is of use."""

    stage: Stage
    lectures: tuple[int, ...]
    due: datetime
    until: datetime


def planned_posts(series: Series, since: datetime, before: datetime) -> list[PlannedPost]:
    """The posts due from `since` on and before `before` (aware instants), in order.

    Lectures whose registration is by one form and closes at one instant share their alerts.
    """
    together: dict[tuple[object, ...], list[DueStage]] = {}
    for lecture in series.lectures:
        for stage in stages(series, lecture):
            if since <= stage.due < before:
                together.setdefault(_shared(series, stage), []).append(stage)
    posts = [
        PlannedPost(first.stage, tuple(each.lecture for each in (first, *others)), first.due, first.until)
        for first, *others in together.values()
    ]
    return sorted(posts, key=lambda post: (post.due, post.lectures))


def _shared(series: Series, due: DueStage) -> tuple[object, ...]:
    lecture = series.lecture(due.lecture)
    form = series.form(lecture) if lecture and due.stage.concerns_registration else None
    return (due.stage, due.anchor, form.url if form else due.lecture)
