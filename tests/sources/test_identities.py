"""Entries of a source, found again among the lectures of the schedule."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person
from bot.sources.identities import Known, ids

BERLIN = ZoneInfo("Europe/Berlin")


def entry(
    day: int | None = None, title: str = "", speaker: str = "", at: int | None = None, number: int | None = None
) -> Known:
    """An entry of that day in June."""
    return Known(number, date(2026, 6, day) if day else None, None if at is None else time(at), title, speaker)


def lecture(id_: str, day: int, title: str, speaker: str = "", at: int = 14, number: int | None = None) -> Lecture:
    """A lecture of that day in June."""
    return Lecture(
        number=number,
        id=id_,
        day=date(2026, 6, day),
        starts=datetime(2026, 6, day, at, tzinfo=BERLIN),
        title=Localized.same(title),
        speakers=(Person(Localized.same(speaker)),) if speaker else (),
    )


def test_new_entries_are_called_by_their_days() -> None:
    assert ids([entry(8), entry(15), entry(8, at=9)], []) == ["2026-06-08", "2026-06-15", "2026-06-08-2"]


def test_a_number_is_its_own_or_that_of_a_lecture() -> None:
    assert ids([entry(8, number=3), entry(15, number=4)], [lecture("opening", 8, "Waves", number=3)]) == [
        "opening",
        "4",
    ]


def test_a_lecture_keeps_its_id_when_its_date_changes() -> None:
    known = [lecture("2026-06-08", 8, "Waves in water", "Ada"), lecture("2026-06-15", 15, "Wind", "Bob")]
    assert ids([entry(22, "Waves in water", "Ada"), entry(15, "Wind", "Bob")], known) == ["2026-06-08", "2026-06-15"]


def test_two_that_change_places_are_told_by_what_they_say() -> None:
    known = [lecture("2026-06-08", 8, "Waves in water", "Ada"), lecture("2026-06-15", 15, "Wind over land", "Bob")]
    moved = [entry(15, "Waves in water", "Ada"), entry(8, "Wind over land", "Bob")]
    assert ids(moved, known) == ["2026-06-08", "2026-06-15"]


def test_of_several_on_a_day_each_is_found_by_what_it_says_or_when() -> None:
    known = [lecture("a", 8, "Waves", "Ada", 14), lecture("b", 8, "Water", "Bob", 15)]
    assert ids([entry(8, "Water"), entry(8, "Waves")], known) == ["b", "a"]
    assert ids([entry(8, "New", at=15), entry(8, "Newer", at=14)], known) == ["b", "a"]
    alike = [lecture("a", 8, "Waves", at=14), lecture("b", 8, "Waves", at=15)]
    assert ids([entry(8, "Waves", at=15), entry(8, "Waves", at=14)], alike) == ["b", "a"]
    assert ids([entry(8, "Waves"), entry(8, "Waves", at=14)], [replace(alike[0], starts=None), alike[1]]) == ["a", "b"]


def test_the_only_one_of_a_day_may_have_changed_altogether() -> None:
    assert ids([entry(8, "Else", "Cy")], [lecture("a", 8, "Waves", "Ada")]) == ["a"]
    assert ids([entry(8, "Else", "Cy"), entry(8, "Waves", "Ada")], [lecture("a", 8, "Waves", "Ada")]) == [
        "2026-06-08",
        "a",
    ]


def test_the_same_title_by_somebody_else_is_another_lecture() -> None:
    assert ids([entry(22, "Introduction", "Cy")], [lecture("a", 8, "Introduction", "Ada")]) == ["2026-06-22"]


def test_what_has_neither_day_nor_number_is_nobody() -> None:
    assert ids([entry(title="Waves")], []) == [None]


def test_a_new_id_is_never_one_that_is_taken() -> None:
    assert ids([entry(8, "Else"), entry(8, "Other")], [lecture("2026-06-08", 22, "Waves")]) == [
        "2026-06-08-2",
        "2026-06-08-3",
    ]
