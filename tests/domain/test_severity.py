"""What is told at once, what later, what is only corrected."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.changes import changes, effective
from bot.domain.lecture import Lecture, Mode, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.series import Series
from bot.domain.severity import Severity, severity
from tests.examples import (
    BEFORE_THREE,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    OVER_WITH_ALL,
    UNDATED,
    at,
    both,
    dated,
    person,
    with_form,
    with_lecture,
)

_HALL = OPEN.venue or Venue(both("", ""))
_KYOTO = Venue(both("京都大学", "Kyoto University"))
_STARTS = at("2030-04-18T13:00")
_DEADLINE = at("2030-04-17T12:00")
_SECOND = timedelta(seconds=1)


def _moved(lecture: Lecture, starts: datetime) -> Lecture:
    return replace(lecture, day=starts.date(), starts=starts, ends=starts + timedelta(hours=4))


def _weights(
    before: Lecture | None, after: Lecture | None, now: datetime = BEFORE_THREE, series: Series = EXAMPLE
) -> dict[str, str]:
    """How much each change weighs between two versions of a lecture."""
    one, other = (with_lecture(series, each) if each else series for each in (before, after))
    known, present = effective(before, one) if before else None, effective(after, other) if after else None
    return {each.aspect.value: severity(each, other, now).name.lower() for each in changes(known, present, other)}


def test_postponing_and_cancelling_are_urgent_however_far_away() -> None:
    far = _moved(OPEN, at("2031-04-17T13:00"))
    for status in (Status.POSTPONED, Status.CANCELLED):
        assert _weights(far, replace(far, status=status)) == {"status": "urgent"}
    assert _weights(replace(OPEN, status=Status.POSTPONED), replace(OPEN, status=Status.CANCELLED)) == {
        "status": "urgent"
    }


@pytest.mark.parametrize(
    ("now", "weight"),
    [(_STARTS - timedelta(days=7) - _SECOND, "notice"), (_STARTS - timedelta(days=7), "urgent")],
)
def test_a_date_or_time_is_urgent_from_seven_days_before(now: datetime, weight: str) -> None:
    assert _weights(OPEN, replace(OPEN, starts=at("2030-04-18T14:00")), now)["starts"] == weight
    assert _weights(OPEN, _moved(OPEN, at("2030-06-20T13:00")), now)["starts"] == weight
    assert _weights(_moved(OPEN, at("2030-06-20T13:00")), OPEN, now)["starts"] == weight
    assert _weights(OPEN, replace(OPEN, day=None, starts=None, ends=None), now)["starts"] == weight
    assert _weights(replace(OPEN, status=Status.POSTPONED), OPEN, now)["status"] == weight


def test_an_end_that_is_decided_can_wait() -> None:
    now = _STARTS - timedelta(days=1)
    assert _weights(replace(OPEN, ends=None), OPEN, now) == {"ends": "notice"}
    assert _weights(OPEN, replace(OPEN, ends=at("2030-04-18T16:00")), now) == {"ends": "urgent"}


@pytest.mark.parametrize(
    ("now", "weight"),
    [
        (_STARTS - timedelta(hours=48) - _SECOND, "notice"),
        (_STARTS - timedelta(hours=48), "urgent"),
        (_STARTS + timedelta(hours=1), "urgent"),
    ],
)
@pytest.mark.parametrize(
    ("venue", "aspect"),
    [(_KYOTO, "venue"), (None, "venue"), (replace(_HALL, room=both("305教室", "Room 305")), "venue.room")],
)
def test_a_venue_is_urgent_from_two_days_before(venue: Venue | None, aspect: str, now: datetime, weight: str) -> None:
    assert _weights(OPEN, replace(OPEN, venue=venue), now) == {aspect: weight}


def test_how_to_attend_is_urgent_when_the_venue_is() -> None:
    assert _weights(OPEN, replace(OPEN, mode=Mode.ONLINE)) == {"mode": "notice"}
    assert _weights(OPEN, replace(OPEN, mode=Mode.ONLINE), _STARTS - timedelta(days=1)) == {"mode": "urgent"}
    assert _weights(replace(OPEN, mode=None), OPEN, _STARTS - timedelta(days=1)) == {"mode": "notice"}


def test_a_tentative_venue_is_told_only_if_it_is_unusual() -> None:
    bare = replace(OPEN, venue=None)
    assert _weights(bare, replace(OPEN, venue=replace(_HALL, tentative=True))) == {"venue": "quiet"}
    assert _weights(bare, replace(OPEN, venue=replace(_KYOTO, tentative=True))) == {"venue": "notice"}
    assert _weights(replace(OPEN, venue=replace(_HALL, tentative=True)), OPEN) == {"venue.tentative": "notice"}


@pytest.mark.parametrize(
    "venue",
    [
        replace(_HALL, room=both("201講義室", "Lecture room 201")),
        replace(_HALL, name=both("銀河大学 西館 201", "Galaxy University, West Hall 201"), room=None),
        replace(_HALL, name=both("銀河大学・西館", "Galaxy University (West Hall)")),
        replace(_HALL, url="https://maps.example/better"),
    ],
)
def test_the_wording_of_a_place_and_its_map_are_only_corrected(venue: Venue) -> None:
    now = _STARTS - timedelta(hours=3)
    assert set(_weights(OPEN, replace(OPEN, venue=venue), now).values()) == {"quiet"}


@pytest.mark.parametrize(("now", "weight"), [(_DEADLINE - _SECOND, "urgent"), (_DEADLINE, "quiet")])
def test_a_full_room_and_a_withdrawn_form_are_urgent_until_the_deadline(now: datetime, weight: str) -> None:
    full = replace(OPEN, registration=replace(OPEN.registration, in_person_full=True))
    assert _weights(OPEN, full, now) == {"registration.in_person": weight}
    assert _weights(OPEN, replace(OPEN, registration=Registration()), now) == {"registration.url": weight}
    assert _weights(full, OPEN, now) == {"registration.in_person": "notice" if weight == "urgent" else "quiet"}


def test_places_matter_only_where_somebody_can_register_for_them() -> None:
    full = Registration(in_person_full=True)
    assert _weights(NOT_YET_OPEN, replace(NOT_YET_OPEN, registration=full)) == {"registration.in_person": "quiet"}
    online = replace(OPEN, mode=Mode.ONLINE)
    assert _weights(online, replace(online, registration=replace(OPEN.registration, in_person_full=True))) == {
        "registration.in_person": "quiet"
    }


def test_a_form_that_opens_or_is_exchanged_is_told_while_it_can_be_used() -> None:
    assert _weights(replace(OPEN, registration=Registration()), OPEN) == {"registration.url": "notice"}
    assert _weights(replace(OPEN, registration=Registration()), OPEN, _DEADLINE) == {"registration.url": "quiet"}
    assert _weights(OPEN, with_form(OPEN, "https://forms.example/33")) == {"registration.url": "notice"}
    assert _weights(UNDATED, with_form(UNDATED)) == {"registration.url": "notice"}


@pytest.mark.parametrize(
    ("before", "after", "now", "weight"),
    [
        ("2030-04-17T12:00", "2030-04-16T12:00", "2030-04-08T12:00", "notice"),
        ("2030-04-17T12:00", "2030-04-17T18:00", "2030-04-17T15:00", "notice"),
        ("2030-04-17T12:00", "2030-04-15T12:00", "2030-04-16T12:00", "urgent"),
        ("2030-04-17T12:00", "2030-04-17T11:00", "2030-04-17T15:00", "quiet"),
    ],
)
def test_a_deadline_that_is_suddenly_past_is_urgent(before: str, after: str, now: str, weight: str) -> None:
    one, other = with_form(OPEN, None, at(before)), with_form(OPEN, None, at(after))
    assert _weights(one, other, at(now)) == {"registration.closes": weight}


def test_the_deadline_of_a_form_that_is_not_there_is_not_told() -> None:
    later = replace(NOT_YET_OPEN, registration=Registration(closes=at("2030-05-18T12:00")))
    assert _weights(NOT_YET_OPEN, later) == {"registration.closes": "quiet"}
    assert _weights(NOT_YET_OPEN, with_form(NOT_YET_OPEN, None, at("2030-05-18T12:00"))) == {
        "registration.url": "notice",
        "registration.closes": "quiet",
    }


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        (replace(OPEN, title=None), OPEN, "notice"),
        (replace(OPEN, title_tentative=True), OPEN, "notice"),
        (OPEN, replace(OPEN, title=both("星の一生", "The Life of Stars")), "notice"),
        (OPEN, replace(OPEN, title=both("機械学習でみる銀河", "Galaxies Seen by Machine Learning")), "notice"),
        (OPEN, replace(OPEN, title=both("機械学習で見る銀河", "Galaxies as Seen by Machine Learning")), "quiet"),
        (replace(OPEN, title=None), replace(OPEN, title_tentative=True), "quiet"),
        (OPEN, replace(OPEN, title_tentative=True), "quiet"),
        (OPEN, replace(OPEN, title=None), "quiet"),
        (NOT_YET_OPEN, replace(NOT_YET_OPEN, title=both("星の一生", "The Life of Stars")), "quiet"),
    ],
)
def test_a_title_is_told_when_it_is_final_and_not_for_its_spelling(
    before: Lecture, after: Lecture, weight: str
) -> None:
    assert _weights(before, after) == {"title": weight}


def test_another_speaker_is_told_and_another_affiliation_is_not() -> None:
    other = replace(OPEN, speakers=(person("星 光", "Hikaru Hoshi"),))
    moved = replace(OPEN, speakers=(person("大空 翼", "Tsubasa Ozora", both("月大", "Moon University")),))
    assert _weights(OPEN, other) == {"speaker": "notice"}
    assert _weights(replace(OPEN, speakers=()), OPEN) == {"speaker": "notice"}
    assert _weights(OPEN, replace(OPEN, speakers=())) == {"speaker": "notice"}
    assert _weights(OPEN, moved) == {"speaker": "quiet"}
    two = replace(OPEN, speakers=(*OPEN.speakers, person("星 光", "Hikaru Hoshi")))
    assert _weights(OPEN, two) == _weights(two, OPEN) == {"speaker": "notice"}
    assert _weights(two, replace(two, speakers=two.speakers[::-1])) == {}
    assert _weights(two, replace(two, speakers=(*moved.speakers, two.speakers[1]))) == {"speaker": "quiet"}


def test_any_word_of_what_to_bring_may_be_the_one_that_matters() -> None:
    before = replace(OPEN, notes=both("当日はノートPCが必要です。電源は会場にあります。", "Please bring a laptop."))
    opposite = replace(OPEN, notes=both("当日はノートPCが不要です。電源は会場にあります。", "Please bring a laptop."))
    signs = replace(OPEN, notes=both("当日は、ノートPCが必要です。電源は会場にあります", "Please bring a laptop!"))
    assert _weights(before, opposite) == {"notes": "notice"}
    assert _weights(before, signs) == {"notes": "quiet"}
    assert _weights(before, replace(OPEN, notes=None)) == {"notes": "notice"}


def test_the_first_text_on_a_lecture_is_told_and_later_a_revision_of_the_abstract() -> None:
    bare, text = replace(OPEN, abstract=None), both("銀河の話です。", "On galaxies.")
    assert _weights(bare, replace(bare, summary=text)) == {"summary": "notice"}
    assert _weights(OPEN, replace(OPEN, summary=text)) == {"summary": "quiet"}
    assert _weights(bare, OPEN) == {"abstract": "notice"}
    assert _weights(OPEN, replace(OPEN, abstract=text)) == {"abstract": "notice"}
    assert _weights(OPEN, bare) == {"abstract": "quiet"}
    assert _weights(OPEN, replace(OPEN, language="en")) == {"lecture_language": "notice"}


def test_nothing_of_a_past_lecture_is_told_but_its_materials() -> None:
    changed = replace(
        OVER_WITH_ALL,
        title=both("星の一生", "The Life of Stars"),
        venue=_KYOTO,
        starts=at("2030-02-14T14:00"),
        status=Status.CANCELLED,
        materials=(
            replace(OVER_WITH_ALL.materials[0], label=both("スライド1", "Slides 1")),
            Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/n"),
        ),
    )
    assert _weights(OVER_WITH_ALL, changed) == {
        "status": "none",
        "venue": "none",
        "title": "none",
        "materials": "notice",
        "relabelled": "quiet",
        "withdrawn": "quiet",
    }


def test_a_lecture_is_past_by_its_new_date() -> None:
    assert _weights(OVER_WITH_ALL, _moved(OVER_WITH_ALL, at("2030-06-20T13:00")))["starts"] == "urgent"
    assert _weights(OPEN, _moved(OPEN, at("2029-04-18T13:00")))["starts"] == "none"
    assert _weights(OVER_WITH_ALL, replace(OVER_WITH_ALL, status=Status.POSTPONED)) == {"status": "urgent"}
    undated = replace(OVER_WITH_ALL, status=Status.CANCELLED, day=None, starts=None, ends=None)
    assert _weights(OVER_WITH_ALL, undated) == {"status": "none"}


def test_what_else_changes_of_a_cancelled_lecture_is_only_corrected() -> None:
    off = replace(OPEN, status=Status.CANCELLED)
    assert _weights(off, replace(off, title=both("星の一生", "The Life of Stars"))) == {"title": "quiet"}


def test_a_new_lecture_is_told_if_it_is_to_come_and_a_vanished_one_is_not() -> None:
    new = replace(dated(7, "2030-06-20T13:00"), status=Status.PLANNED)
    assert _weights(None, new) == {"number": "notice"}
    assert _weights(None, Lecture(7)) == {"number": "notice"}
    assert _weights(None, dated(7, "2030-01-20T13:00")) == {"number": "none"}
    assert _weights(None, replace(new, status=Status.CANCELLED)) == {"number": "quiet"}
    assert _weights(OPEN, None) == {"number": "quiet"}
    assert _weights(OVER_WITH_ALL, None) == {"number": "none"}


def test_the_weights_are_in_order() -> None:
    assert sorted(Severity) == [Severity.NONE, Severity.QUIET, Severity.NOTICE, Severity.URGENT]
