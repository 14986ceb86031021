"""The posts a lecture gets by itself: when each is due, and until when it is still of use."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.deadlines import registration_status
from bot.domain.lecture import Lecture, Phase
from bot.domain.reminder_times import DAY_BEGINS, EVENING, NIGHT_BEGINS, TIMINGS, Stage, Timing
from bot.domain.series import Series

_WEEK_BEFORE_USEFUL_UNTIL = timedelta(days=4)
_LATEST_ON_FURTHER_DAYS = time(10)
"""What lasts until then on a further day is told of in its morning."""
_CLOSING_TODAY_USEFUL_UNTIL = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class DueStage:
    """A stage of one lecture: due at `due`, of use until `until` (exclusive); all aware, in the series' zone.

    `anchor` is what it is counted from: a lecture that moves has other anchors, and so gets its stages again. `repeat`
    tells the further ones of a stage that is repeated from the first.
    """

    stage: Stage
    lecture: str
    anchor: datetime
    due: datetime
    until: datetime
    repeat: str = ""


def stages(series: Series, lecture: Lecture) -> Iterator[DueStage]:
    """The lecture's stages as the schedule stands: none without a date, none that would be useless when due.

    Whether registration is open is judged for the instant at which a stage is due. A deadline on the day itself has no
    alerts: the post of the morning carries the form. One on a day off has its alert on the last weekday instead of a
    day before.
    """
    found = [*_stages(series, lecture)]
    on_day_off = any(each.stage is Stage.LAST_WEEKDAY for each in found)
    yield from (each for each in found if not (on_day_off and each.stage is Stage.CLOSING_SOON))


def _stages(series: Series, lecture: Lecture) -> Iterator[DueStage]:
    begins, deadline = series.begins(lecture), series.deadline(lecture)
    if not begins or lecture.phase(begins) not in (Phase.AHEAD, Phase.UNDER_WAY):
        return
    for stage in Stage:
        timing = series.timings.get(stage)
        if timing is None or (stage is Stage.STARTING and not lecture.starts):
            continue
        if stage.concerns_registration and lecture.day and deadline and deadline.date() >= lecture.day:
            continue
        for anchor in anchors(series, lecture, stage):
            for each in (timing, *timing.again):
                due = _due_stage(series, lecture, stage, each, anchor)
                if due:
                    yield due if each is timing else replace(due, repeat=each.mark)


def anchors(series: Series, lecture: Lecture, stage: Stage) -> Iterator[datetime]:
    """What a stage is counted from: the deadline or the start; that of a morning also from each further day."""
    first = series.deadline(lecture) if stage.concerns_registration else series.begins(lecture)
    if first is None:
        return
    yield first
    if stage is Stage.MORNING and lecture.starts and lecture.ends:
        at = min(lecture.starts.timetz(), _LATEST_ON_FURTHER_DAYS.replace(tzinfo=lecture.starts.tzinfo))
        day = lecture.starts.date() + timedelta(days=1)
        while (further := datetime.combine(day, at)) < lecture.ends:
            yield further
            day += timedelta(days=1)


def _due_stage(series: Series, lecture: Lecture, stage: Stage, timing: Timing, anchor: datetime) -> DueStage | None:
    due = _due(series, stage, timing, anchor)
    if due is None:
        return None
    until = _useful_until(series, lecture, stage, anchor, due)
    if timing.at is None:
        due = by_day(due, until)
    if due.astimezone(UTC) >= until:
        return None
    if stage.concerns_registration and not registration_status(series, lecture, due).form:
        return None
    return DueStage(stage, lecture.id, anchor, due, until)


def by_day(moment: datetime, until: datetime) -> datetime:
    """The moment itself or, in the night, the morning after it or, if that is not before `until`, the evening before.

    `moment` is aware, in the series' zone.
    """
    if DAY_BEGINS <= moment.time() < NIGHT_BEGINS:
        return moment
    late = moment.time() >= NIGHT_BEGINS
    morning = moment.date() + timedelta(days=1 if late else 0)
    first = datetime.combine(morning, DAY_BEGINS, moment.tzinfo)
    if first.astimezone(UTC) < until:
        return first
    return datetime.combine(morning - timedelta(days=1), EVENING, moment.tzinfo)


def last_weekday_before(day: date, series: Series) -> date:
    """The last day before `day` that is neither on a weekend nor a holiday."""
    earlier = day - timedelta(days=1)
    while series.is_day_off(earlier):
        earlier -= timedelta(days=1)
    return earlier


def _due(series: Series, stage: Stage, timing: Timing, anchor: datetime) -> datetime | None:
    """When the stage is due; None for a last-weekday alert that is not needed."""
    if timing.at is None:
        return series.local(anchor.astimezone(UTC) - timing.before)
    day = anchor.date() - timedelta(days=timing.days)
    if stage is Stage.LAST_WEEKDAY:
        if not series.is_day_off(day):
            return None
        day = last_weekday_before(day, series)
    return datetime.combine(day, timing.at, series.timezone)


def _useful_until(series: Series, lecture: Lecture, stage: Stage, anchor: datetime, due: datetime) -> datetime:
    if stage is Stage.WEEK_BEFORE:
        usual = anchor - _WEEK_BEFORE_USEFUL_UNTIL
        return usual if due < usual else min(anchor, due + timedelta(days=1))
    if stage is Stage.CLOSING_SOON:
        morning = series.timings.get(Stage.CLOSING_TODAY) or TIMINGS[Stage.CLOSING_TODAY]
        return min(anchor, datetime.combine(anchor.date(), morning.at or time(9), series.timezone))
    if stage is Stage.CLOSING_TODAY:
        return anchor - _CLOSING_TODAY_USEFUL_UNTIL
    if stage is Stage.MORNING and lecture.ends and lecture.day and anchor.date() > lecture.day:
        return min(lecture.ends, datetime.combine(anchor.date() + timedelta(days=1), time(), series.timezone))
    if stage is Stage.MORNING and not lecture.starts:
        return series.over_at(lecture) or anchor
    return anchor
