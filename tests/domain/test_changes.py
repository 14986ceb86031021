"""What counts as a change of a lecture, and what is only written otherwise."""

from dataclasses import replace
from datetime import UTC, date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.changes import (
    Change,
    changes,
    effective,
    links,
    lost_materials,
    materials_in_preparation,
    new_materials,
    relabelled_materials,
)
from bot.domain.lecture import Field, Lecture, Mode, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.registration import ClosingRule, RegistrationPolicy
from tests.domain.generated import lectures, thorough
from tests.domain.generated import series as any_series
from tests.examples import (
    DAY_ONLY,
    EXAMPLE,
    OPEN,
    OVER_IN_PREPARATION,
    OVER_WITH_ALL,
    TOKYO,
    UNDATED,
    at,
    both,
    dated,
    person,
    series_of,
    with_form,
    with_lecture,
)

_HALL = OPEN.venue or Venue(both("", ""))
_SLIDES, _VIDEO = OVER_WITH_ALL.materials
_EITHER_WAY = {
    *(Field.STATUS, Field.MODE, Field.SPEAKER, Field.TITLE, Field.LANGUAGE, Field.NOTES, Field.SUMMARY),
    Field.ABSTRACT,
}
"""What differs from whichever side it is seen; a postponed lecture has no date or form that could differ."""


def _aspects(before: Lecture, after: Lecture) -> list[str]:
    """The aspects in which two versions of a lecture of the example differ."""
    one, other = with_lecture(EXAMPLE, before), with_lecture(EXAMPLE, after)
    return [each.aspect.value for each in changes(effective(before, one), effective(after, other), other)]


@pytest.mark.parametrize(
    ("after", "aspects"),
    [
        (OPEN, []),
        (replace(OPEN, status=Status.POSTPONED), ["status"]),
        (replace(OPEN, status=Status.CANCELLED, registration=Registration()), ["status"]),
        (replace(OPEN, status=Status.POSTPONED, day=None, starts=None, ends=None), ["status"]),
        (
            replace(OPEN, day=date(2030, 5, 9), starts=at("2030-05-09T13:00"), ends=at("2030-05-09T17:00")),
            ["starts", "registration.closes"],
        ),
        (replace(OPEN, day=None, starts=None, ends=None), ["starts", "registration.closes"]),
        (replace(OPEN, starts=at("2030-04-18T14:00")), ["starts"]),
        (replace(OPEN, ends=at("2030-04-18T16:00")), ["ends"]),
        (replace(OPEN, starts=None, ends=None), ["starts"]),
        (replace(OPEN, starts=OPEN.starts and OPEN.starts.astimezone(UTC)), []),
        (replace(OPEN, mode=Mode.IN_PERSON), ["mode"]),
        (replace(OPEN, mode=Mode.ONLINE, venue=None), ["mode"]),
        (replace(OPEN, title=both("星の一生", "The Life of Stars")), ["title"]),
        (replace(OPEN, title=both("機械学習で　見る銀河", "Galaxies  seen by Machine Learning")), []),
        (replace(OPEN, title_tentative=True), ["title"]),
        (replace(OPEN, title=None), ["title"]),
        (replace(OPEN, speakers=()), ["speaker"]),
        (replace(OPEN, speakers=(person("大空 翼", "Tsubasa Ozora"),)), ["speaker"]),
        (replace(OPEN, abstract=None), ["abstract"]),
        (replace(OPEN, summary=both("銀河の話です。", "On galaxies.")), ["summary"]),
        (replace(OPEN, notes=both("双眼鏡をお持ちください", "Please bring binoculars")), ["notes"]),
        (replace(OPEN, language="en"), ["lecture_language"]),
        (replace(OPEN, registration=Registration()), ["registration.url"]),
        (replace(OPEN, registration=Registration("https://forms.example/3?usp=sf_link")), []),
        (replace(OPEN, registration=Registration("https://forms.example/33")), ["registration.url"]),
        (
            replace(OPEN, registration=replace(OPEN.registration, closes=at("2030-04-16T12:00"))),
            ["registration.closes"],
        ),
        (replace(OPEN, registration=replace(OPEN.registration, closes=at("2030-04-17T12:00"))), []),
        (replace(OPEN, registration=replace(OPEN.registration, in_person_full=True)), ["registration.in_person"]),
    ],
)
def test_each_aspect_is_noticed_by_what_it_means(after: Lecture, aspects: list[str]) -> None:
    assert _aspects(OPEN, after) == aspects


@pytest.mark.parametrize(
    ("after", "aspects"),
    [
        (None, ["venue"]),
        (Venue(both("京都大学", "Kyoto University")), ["venue"]),
        (replace(_HALL, room=both("305教室", "Room 305")), ["venue.room"]),
        (replace(_HALL, room=None), ["venue.room"]),
        (replace(_HALL, room=both("201講義室", "Lecture room 201")), ["venue.room"]),
        (replace(_HALL, room=both("２０１教室", "Room  201")), []),
        (replace(_HALL, name=both("銀河大学 西館 201", "Galaxy University, West Hall 201"), room=None), ["venue.room"]),
        (replace(_HALL, tentative=True), ["venue.tentative"]),
        (replace(_HALL, url="https://maps.example/other"), ["venue.url"]),
        (replace(_HALL, url="https://maps.example/west?utm_source=page"), []),
        (
            replace(_HALL, room=both("305教室", "Room 305"), tentative=True, url=None),
            ["venue.room", "venue.tentative", "venue.url"],
        ),
        (Venue(both("京都大学", "Kyoto University"), tentative=True), ["venue"]),
    ],
)
def test_place_room_certainty_and_map_are_told_apart(after: Venue | None, aspects: list[str]) -> None:
    assert _aspects(OPEN, replace(OPEN, venue=after)) == aspects


def test_a_venue_matters_only_to_those_who_have_to_go_there() -> None:
    online = replace(OPEN, mode=Mode.ONLINE)
    assert _aspects(online, replace(online, venue=Venue(both("京都大学", "Kyoto University")))) == []
    assert _aspects(replace(online, venue=None), OPEN) == ["venue", "mode"]


def test_while_a_lecture_is_postponed_or_cancelled_its_date_and_registration_do_not_change() -> None:
    for status in (Status.POSTPONED, Status.CANCELLED):
        off = replace(OPEN, status=status)
        assert _aspects(off, replace(off, day=None, starts=None, ends=None)) == []
        assert _aspects(off, replace(off, registration=Registration(in_person_full=True))) == []


def test_a_new_date_for_a_postponed_lecture_is_one_change_and_its_deadline_another() -> None:
    postponed = replace(OPEN, status=Status.POSTPONED, day=None, starts=None, ends=None)
    assert _aspects(postponed, OPEN) == ["status", "registration.closes"]


def test_a_tentative_title_that_is_missing_is_no_title() -> None:
    assert _aspects(UNDATED, replace(UNDATED, title_tentative=True)) == []


@pytest.mark.parametrize(
    ("materials", "aspects"),
    [
        ((_SLIDES, _VIDEO), []),
        ((_VIDEO, _SLIDES), []),
        ((replace(_SLIDES, kind=MaterialKind.DOCUMENT), _VIDEO), []),
        ((replace(_SLIDES, url="https://files.example/1.pdf?utm_source=page"), _VIDEO), []),
        ((replace(_SLIDES, label=both("スライド1", "Slides 1")), _VIDEO), ["relabelled"]),
        ((replace(_SLIDES, url="https://files.example/1b.pdf"), _VIDEO), ["replaced"]),
        ((_SLIDES, _VIDEO, replace(_SLIDES, url="https://files.example/1b.pdf")), ["materials"]),
        ((_SLIDES,), ["withdrawn"]),
        ((_SLIDES, replace(_VIDEO, url=None)), ["withdrawn"]),
        (
            (_SLIDES, _VIDEO, Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK)),
            ["in_preparation"],
        ),
        ((Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/n"), _VIDEO), None),
    ],
)
def test_materials_are_known_by_their_links(materials: tuple[Material, ...], aspects: list[str] | None) -> None:
    found = _aspects(OVER_WITH_ALL, replace(OVER_WITH_ALL, materials=materials))
    assert found == (["materials", "withdrawn"] if aspects is None else aspects)


def test_what_was_in_preparation_is_new_once_it_has_a_link() -> None:
    published = replace(OVER_IN_PREPARATION.materials[1], url="https://videos.example/2?si=x")
    after = replace(OVER_IN_PREPARATION, materials=(OVER_IN_PREPARATION.materials[0], published))
    assert _aspects(OVER_IN_PREPARATION, after) == ["materials"]
    assert new_materials(OVER_IN_PREPARATION, after) == (published,)
    assert links(after) == {"https://files.example/2.pdf", "https://videos.example/2"}


def test_each_material_can_be_named() -> None:
    renamed = replace(_SLIDES, label=both("講義スライド", "Lecture slides"))
    waiting = Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK)
    after = replace(OVER_WITH_ALL, materials=(renamed, waiting))
    assert relabelled_materials(OVER_WITH_ALL, after) == ((_SLIDES, renamed),)
    assert materials_in_preparation(OVER_WITH_ALL, after) == (waiting,)
    assert lost_materials(OVER_WITH_ALL, after) == (_VIDEO,)
    assert new_materials(None, after) == (renamed,)


def test_lectures_come_and_go() -> None:
    known = effective(OPEN, EXAMPLE)
    assert changes(None, known, EXAMPLE) == (Change(Field.NUMBER, None, known),)
    assert changes(known, None, EXAMPLE) == (Change(Field.NUMBER, known, None),)
    assert changes(None, None, EXAMPLE) == ()
    assert Change(Field.NUMBER, known, None).lecture is known
    with pytest.raises(ValueError, match="a change has a lecture"):
        _ = Change(Field.STATUS, None, None).lecture


def test_the_form_of_another_lecture_and_the_rule_for_deadlines_belong_to_a_lecture() -> None:
    first, second = with_form(dated(1, "2030-04-18T13:00"), None, None, 2), dated(2, "2030-04-19T13:00")
    alone, shared = series_of(dated(1, "2030-04-18T13:00"), second), series_of(first, second)
    earlier = replace(shared, registration=RegistrationPolicy(True, closes=ClosingRule(3, time(12))))
    before, after = effective(second, alone), effective(second, shared)
    assert after.registration == Registration("https://forms.example/1", at("2030-04-18T12:00"))
    assert [each.aspect for each in changes(before, after, shared)] == [Field.FORM]
    assert [each.aspect for each in changes(after, effective(second, earlier), earlier)] == [Field.DEADLINE]


@thorough
@given(st.data())
def test_a_lecture_does_not_differ_from_itself_in_any_zone(data: st.DataObject) -> None:
    series = data.draw(any_series())
    zone = data.draw(st.sampled_from([TOKYO, ZoneInfo("America/New_York"), UTC]))
    for lecture in series.lectures:
        known = effective(lecture, series)
        assert effective(known, series) == known
        moved = replace(
            known,
            starts=known.starts and known.starts.astimezone(zone),
            ends=known.ends and known.ends.astimezone(zone),
        )
        assert changes(known, moved, series) == ()


@thorough
@given(st.data())
def test_what_changed_has_changed_back_when_it_is_undone(data: st.DataObject) -> None:
    series = data.draw(any_series().filter(lambda each: bool(each.lectures)))
    before = series.lectures[0]
    others = [each.id for each in series.lectures[1:]]
    after = data.draw(lectures(int(before.id), others, series.timezone))
    one, other = effective(before, series), effective(after, with_lecture(series, after))
    there = {each.aspect for each in changes(one, other, series)}
    back = {each.aspect for each in changes(other, one, series)}
    assert there & _EITHER_WAY == back & _EITHER_WAY


def test_a_day_and_the_start_on_that_day_differ_in_the_time_only() -> None:
    timed = replace(DAY_ONLY, starts=at("2030-06-17T13:00"), ends=at("2030-06-17T17:00"))
    assert _aspects(DAY_ONLY, timed) == ["starts"]
