"""Which posts fall due in a stretch of time, computed anew from the schedule whenever it is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.announcements.matter import DigestMatter, Matter, NewsMatter, StageMatter
from bot.announcements.memory import NewsItem, Remembered
from bot.domain.lecture import Phase
from bot.domain.series import Series
from bot.domain.stages import DueStage, stages
from bot.domain.timings import News


def planned_stages(
    series: Series, since: datetime, before: datetime, remembered: Mapping[int, Remembered] | None = None
) -> list[StageMatter]:
    """The stages due from `since` on and before `before` (aware instants), in order.

    With `remembered`, those are left out whose moment was past when the lecture, its date, deadline or form became
    known. Lectures whose registration is by one form and closes at one instant share their alerts.
    """
    together: dict[tuple[object, ...], list[DueStage]] = {}
    for lecture in series.lectures:
        known = remembered.get(lecture.number) if remembered is not None else None
        if remembered is not None and known is None:
            continue
        for stage in stages(series, lecture):
            if since <= stage.due < before and (known is None or _known_since(known, stage) <= stage.due):
                together.setdefault(_shared(series, stage), []).append(stage)
    matters = [
        StageMatter(first.stage, tuple(each.lecture for each in (first, *others)), first.anchor, first.due, first.until)
        for first, *others in together.values()
    ]
    return sorted(matters, key=lambda matter: (matter.due, matter.lectures))


def planned_news(series: Series, items: Sequence[NewsItem]) -> list[NewsMatter]:
    """The posts that tell of these news, each lecture's in one; lectures listed at one moment share theirs."""
    together: dict[tuple[object, ...], list[NewsItem]] = {}
    for item in items:
        alone = item.kinds != (News.LISTED,)
        together.setdefault((item.settled_at, item.kinds, item.id if alone else None), []).append(item)
    return [
        NewsMatter(
            tuple(each.id for each in group),
            group[0].kinds,
            tuple(each.number for each in group),
            series.local(group[0].settled_at),
            any(each.urgent for each in group),
        )
        for group in together.values()
    ]


def still_planned(matter: Matter, series: Series, remembered: Mapping[int, Remembered], now: datetime) -> Matter | None:
    """The matter as the schedule has it now: without lectures that it no longer holds for, None if it holds for none.

    News hold for ever; what they say is made from the schedule when they are sent.
    """
    if isinstance(matter, DigestMatter):
        return matter if now < matter.until else None
    if not isinstance(matter, StageMatter):
        return matter
    if now >= matter.until:
        return None
    lectures = tuple(number for number in matter.lectures if _holds(matter, number, series, remembered, now))
    return replace(matter, lectures=lectures) if lectures else None


def next_due(series: Series, remembered: Mapping[int, Remembered], now: datetime) -> datetime | None:
    """The first moment after `now` at which a stage falls due."""
    return min(_dues(series, remembered, now), default=None)


def _dues(series: Series, remembered: Mapping[int, Remembered], now: datetime) -> Iterator[datetime]:
    for lecture in series.lectures:
        known = remembered.get(lecture.number)
        if known and lecture.phase(series.local(now)) is not Phase.OVER:
            yield from (each.due for each in stages(series, lecture) if each.due > now)


def _known_since(known: Remembered, stage: DueStage) -> datetime:
    """Since when all that the stage depends on has been known."""
    if stage.stage.concerns_registration:
        return max(known.dated_at, known.closing_at, known.form_at)
    return known.dated_at


def _holds(
    matter: StageMatter, number: int, series: Series, remembered: Mapping[int, Remembered], now: datetime
) -> bool:
    lecture, known = series.lecture(number), remembered.get(number)
    if not lecture or not known or lecture.phase(series.local(now)) not in (Phase.AHEAD, Phase.UNDER_WAY):
        return False
    return any(
        (each.stage, each.anchor) == (matter.stage, matter.anchor) and _known_since(known, each) <= matter.due
        for each in stages(series, lecture)
    )


def _shared(series: Series, due: DueStage) -> tuple[object, ...]:
    lecture = series.lecture(due.lecture)
    form = series.form(lecture) if lecture and due.stage.concerns_registration else None
    return (due.stage, due.anchor, form.url if form else due.lecture)
