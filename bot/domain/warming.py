"""Preparing a long series for its first question in steps so small that others can be answered in between.

What queries look up is otherwise put together by the first that needs it, which takes long with thousands of lectures.
Here the series' own indexes of a few lectures at a time are put together and joined.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from heapq import merge
from typing import Final

from bot.domain.lecture import Lecture
from bot.domain.series import Form, Series

_AT_ONCE: Final = 2
"""Lectures whose texts are prepared in one step."""

_NEVER: Final = datetime.max.replace(tzinfo=UTC)

_RUN: Final = 128
"""Lectures that are put in order in one step, before those runs are merged."""


def warmed(series: Series, previous: Series | None = None) -> Iterator[None]:
    """Prepares `series`, a little at each step; it is done when there is no further step.

    What `previous` knows of lectures that are the same objects there is taken over.
    """
    by_number: dict[int, Lecture] = {}
    forms: dict[int, Form] = {}
    haystacks: dict[int, tuple[str, str]] = {}
    runs: list[list[datetime]] = []
    for start in range(0, len(series.lectures), _AT_ONCE):
        part = replace(series, lectures=series.lectures[start : start + _AT_ONCE])
        by_number.update(part._by_number)
        for number, form in part._forms.items():
            if form.owner == number or number not in forms:
                forms[number] = form
        if previous and all(previous.lecture(each.number) is each for each in part.lectures):
            haystacks.update((each.number, previous._haystacks[each.number]) for each in part.lectures)
        else:
            haystacks.update(part._haystacks)
        if start % _RUN == 0:
            runs.append([])
        runs[-1].extend(part._boundaries)
        yield
    boundaries: list[datetime] = []
    for run in runs:
        run.sort()
        yield
    for instant in merge(*runs):
        if not boundaries or boundaries[-1] != instant:
            boundaries.append(instant)
        yield
    runs.clear()
    yield
    in_time: list[Lecture] = []
    for lecture in _in_time(series):
        in_time += [lecture] if lecture else []
        yield
    series.__dict__.update(
        _by_number=by_number,
        _forms=forms,
        _haystacks=haystacks,
        _boundaries=tuple(boundaries),
        _in_time=tuple(in_time),
    )


def _in_time(series: Series) -> Iterator[Lecture | None]:
    """The lectures by date; None at a step that has none to show yet."""

    def place(lecture: Lecture) -> tuple[bool, datetime, int]:
        begins = series.begins(lecture)
        return begins is None, begins or _NEVER, lecture.number

    runs = []
    for start in range(0, len(series.lectures), _RUN):
        runs.append(replace(series, lectures=series.lectures[start : start + _RUN])._in_time)
        yield None
    yield from merge(*runs, key=place)
