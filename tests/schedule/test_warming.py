"""A series that was prepared in steps answers as one that was not."""

from dataclasses import replace
from functools import cached_property

from hypothesis import given

from bot.domain.series import Series
from bot.domain.warming import warmed
from tests.domain.generated import series, thorough

INDEXES = [name for name, value in vars(Series).items() if isinstance(value, cached_property)]


@thorough
@given(series(), series())
def test_preparing_in_steps_gives_every_index_as_it_would_be_otherwise(one: Series, other: Series) -> None:
    for previous in (None, other, replace(one, lectures=one.lectures[::2])):
        if previous:
            list(warmed(previous))
        prepared, lazy = replace(one), replace(one)
        list(warmed(prepared, previous))
        assert {name: vars(prepared).get(name) for name in INDEXES} == {name: getattr(lazy, name) for name in INDEXES}


def test_there_is_something_to_prepare() -> None:
    assert "_by_number" in INDEXES
