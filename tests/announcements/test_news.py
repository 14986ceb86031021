"""What becomes news, and when: after a quarter of an hour of quiet, at once, once for each lecture, or never."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.announcements.acceptance import accepted, first_states
from bot.announcements.news import next_settling, settled, steps_to_come
from bot.announcements.state import LectureState, NewsItem
from bot.domain.changes import effective
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.registration import ClosingRule, RegistrationPolicy
from bot.domain.reminder_times import SETTLING, News
from bot.domain.series import Series
from tests.announcements.news_examples import Memory, after, known, news_of
from tests.domain.generated import instants, lectures, thorough
from tests.domain.generated import series as any_series
from tests.examples import (
    BEFORE_THREE,
    DAY_ONLY,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    OVER_IN_PREPARATION,
    UNDATED,
    at,
    both,
    dated,
    series_of,
    with_form,
    with_lecture,
)

brief = settings(thorough, max_examples=20)
"""For tests that make several series."""

_NOW = BEFORE_THREE
_A_QUARTER = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)
_BEFORE = _NOW - timedelta(days=1)
_KYOTO = Venue(both("京都大学", "Kyoto University"))
_TITLED = replace(NOT_YET_OPEN, title_tentative=False)
_POSTPONED = replace(OPEN, status=Status.POSTPONED)
_VIDEO = replace(OVER_IN_PREPARATION.materials[1], url="https://videos.example/2")
_WITH_VIDEO = replace(OVER_IN_PREPARATION, materials=(OVER_IN_PREPARATION.materials[0], _VIDEO))


def _with(*lectures: Lecture, of: Series = EXAMPLE) -> Series:
    for each in lectures:
        of = with_lecture(of, each)
    return of


def _without(number: int) -> Series:
    return replace(EXAMPLE, lectures=tuple(each for each in EXAMPLE.lectures if each.number != number))


def _kinds(new: Series, old: Series = EXAMPLE, now: datetime = _NOW) -> dict[str, tuple[News, ...]]:
    """The kinds of the news that come of a change, by lecture."""
    return {each.lecture: each.kinds for each in news_of(old, new, now)}


def _settle(announced: Memory, series: Series, now: datetime) -> tuple[dict[str, LectureState], list[NewsItem]]:
    step = settled(announced, series, now)
    return after(step, announced), list(step.news) if step else []


def test_at_the_first_start_everything_is_known_and_told() -> None:
    step = first_states(EXAMPLE, _NOW)
    assert [each.lecture for each in step.lecture_states] == ["1", "2", "3", "4", "5", "6"]
    assert not step.news
    three = step.lecture_states[2]
    assert three == LectureState(
        "3",
        current=effective(OPEN, EXAMPLE),
        announced=effective(OPEN, EXAMPLE),
        changed_at=_NOW,
        date_changed_at=_NOW,
        deadline_changed_at=_NOW,
        form_added_at=_NOW,
    )
    assert step.lecture_states[0].announced_links == {"https://files.example/1.pdf", "https://videos.example/1"}
    announced = known(EXAMPLE, _NOW)
    assert accepted(announced, EXAMPLE, _NOW + _MINUTE) is None
    assert settled(announced, EXAMPLE, _NOW + timedelta(days=300)) is None
    assert next_settling(announced, EXAMPLE, _NOW) is None


@pytest.mark.parametrize(
    ("lecture", "kinds"),
    [
        (replace(OPEN, status=Status.CANCELLED), (News.CANCELLED,)),
        (_POSTPONED, (News.POSTPONED,)),
        (replace(_POSTPONED, venue=_KYOTO), (News.POSTPONED, News.CHANGED)),
        (replace(OPEN, starts=at("2030-04-18T14:00")), (News.CHANGED,)),
        (replace(OPEN, venue=_KYOTO, language="en"), (News.CHANGED,)),
        (with_form(NOT_YET_OPEN), (News.REGISTRATION_OPENED,)),
        (with_form(_TITLED), (News.REGISTRATION_OPENED, News.DETAILS)),
        (replace(UNDATED, day=DAY_ONLY.day, venue=_KYOTO), (News.CHANGED, News.DETAILS)),
        (replace(DAY_ONLY, language="ja", notes=both("無", "None")), (News.DETAILS,)),
        (_WITH_VIDEO, (News.MATERIALS,)),
        (replace(_TITLED, materials=(_VIDEO,)), (News.DETAILS, News.MATERIALS)),
        (dated(7, "2030-09-19T13:00"), (News.LISTED,)),
        (Lecture(7), (News.LISTED,)),
        (with_form(dated(7, "2030-09-19T13:00")), (News.REGISTRATION_OPENED, News.LISTED)),
    ],
)
def test_news_are_of_the_kinds_that_their_changes_have_the_weightiest_first(
    lecture: Lecture, kinds: tuple[News, ...]
) -> None:
    assert _kinds(_with(lecture)) == {lecture.id: kinds}


@pytest.mark.parametrize(
    "lecture",
    [
        replace(OPEN, title=both("機械学習で 見る銀河", "Galaxies seen by machine learning")),
        replace(OPEN, venue=OPEN.venue and replace(OPEN.venue, url="https://maps.example/better")),
        replace(OVER_IN_PREPARATION, title=both("別の題", "Another title"), venue=_KYOTO),
        replace(OVER_IN_PREPARATION, materials=()),
        replace(OVER_IN_PREPARATION, status=Status.CANCELLED),
        dated(7, "2030-01-17T13:00"),
        replace(dated(7, "2030-01-17T13:00"), materials=(_VIDEO,)),
        replace(dated(7, "2030-09-19T13:00"), status=Status.CANCELLED),
    ],
)
def test_what_is_not_worth_telling_counts_as_told(lecture: Lecture) -> None:
    series = _with(lecture)
    announced = after(accepted(known(EXAMPLE, _BEFORE), series, _NOW), known(EXAMPLE, _BEFORE))
    announced, news = _settle(announced, series, _NOW + _A_QUARTER)
    assert news == []
    assert announced[lecture.id].announced == announced[lecture.id].current == effective(lecture, series)


def test_a_change_is_told_after_a_quarter_of_an_hour_of_quiet_from_what_was_known_to_what_is() -> None:
    first = _with(replace(OPEN, starts=at("2030-04-18T14:00")))
    second = _with(replace(OPEN, starts=at("2030-04-18T15:00")))
    announced = known(EXAMPLE, _BEFORE)
    announced = after(accepted(announced, first, _NOW), announced)
    assert next_settling(announced, first, _NOW) == _NOW + _A_QUARTER
    announced = after(accepted(announced, second, _NOW + 14 * _MINUTE), announced)
    assert settled(announced, second, _NOW + _A_QUARTER) is None
    due = _NOW + 29 * _MINUTE
    assert next_settling(announced, second, _NOW + _A_QUARTER) == due
    announced, news = _settle(announced, second, due + timedelta(hours=5))
    assert [(each.lecture, each.before, each.after, each.settled_at, each.urgent) for each in news] == [
        ("3", effective(OPEN, EXAMPLE), effective(second.lectures[2], second), due, False)
    ]
    assert next_settling(announced, second, due) is None
    assert settled(announced, second, due + timedelta(hours=6)) is None


def test_what_is_taken_back_within_that_time_is_no_news() -> None:
    announced = known(EXAMPLE, _BEFORE)
    announced = after(accepted(announced, _with(replace(OPEN, starts=at("2030-04-18T14:00"))), _NOW), announced)
    announced = after(accepted(announced, EXAMPLE, _NOW + 5 * _MINUTE), announced)
    assert settled(announced, EXAMPLE, _NOW + timedelta(hours=1)) is None


def test_what_is_urgent_is_told_at_once_with_all_that_waits() -> None:
    announced = known(EXAMPLE, _BEFORE)
    titled = _with(replace(OPEN, language="en"))
    announced = after(accepted(announced, titled, _NOW), announced)
    off = _with(replace(OPEN, language="en", status=Status.POSTPONED))
    moment = _NOW + 5 * _MINUTE
    announced = after(accepted(announced, off, moment), announced)
    assert next_settling(announced, off, moment) == moment
    _, news = _settle(announced, off, moment)
    assert [(each.kinds, each.before, each.settled_at, each.urgent) for each in news] == [
        ((News.POSTPONED, News.CHANGED), effective(OPEN, EXAMPLE), moment, True)
    ]


@pytest.mark.parametrize(
    ("accepted_at", "told_at"),
    [
        ("2030-04-08T20:44", "2030-04-08T20:59"),
        ("2030-04-08T20:46", "2030-04-09T08:00"),
        ("2030-04-09T01:43", "2030-04-09T08:00"),
        ("2030-04-09T07:45", "2030-04-09T08:00"),
    ],
)
def test_what_can_wait_is_not_told_in_the_night(accepted_at: str, told_at: str) -> None:
    announced = known(EXAMPLE, _BEFORE)
    titled = after(accepted(announced, _with(_TITLED), at(accepted_at)), announced)
    assert next_settling(titled, _with(_TITLED), at(accepted_at)) == at(told_at)
    postponed = after(accepted(announced, _with(_POSTPONED), at(accepted_at)), announced)
    assert next_settling(postponed, _with(_POSTPONED), at(accepted_at)) == at(accepted_at)


@pytest.mark.parametrize(
    "text", ["TBA", "T.B.D. \nDetails will follow.", "調整中です。\n決まり次第掲載します。", "後日公開"]
)
def test_an_abstract_that_is_yet_to_come_is_none(text: str) -> None:
    lecture = replace(OPEN, abstract=None)
    assert _kinds(_with(replace(lecture, abstract=Localized.same(text))), _with(lecture)) == {}
    real = replace(lecture, abstract=Localized.same(f"{text}\nThis talk is about galaxies.\nIt has two parts."))
    assert _kinds(_with(real), _with(lecture)) == {"3": (News.DETAILS,)}


def test_a_venue_decided_on_the_eve_is_told_at_once() -> None:
    bare = _with(replace(OPEN, venue=None))
    eve = at("2030-04-17T10:00")
    announced = after(accepted(known(bare, _BEFORE), EXAMPLE, eve), known(bare, _BEFORE))
    _, news = _settle(announced, EXAMPLE, eve)
    assert [(each.kinds, each.urgent) for each in news] == [((News.DETAILS,), True)]


def test_how_urgent_a_change_is_is_judged_when_it_is_accepted() -> None:
    series = _with(replace(OPEN, starts=at("2030-04-18T14:00")))
    moment = at("2030-04-11T12:55")
    announced = after(accepted(known(EXAMPLE, _BEFORE), series, moment), known(EXAMPLE, _BEFORE))
    assert settled(announced, series, at("2030-04-11T13:05")) is None
    _, news = _settle(announced, series, at("2030-04-11T13:10"))
    assert [(each.kinds, each.urgent) for each in news] == [((News.CHANGED,), False)]


def test_what_has_lost_its_point_when_the_bot_is_back_is_not_told() -> None:
    series = _with(replace(OPEN, venue=_KYOTO, materials=(_VIDEO,)), with_form(NOT_YET_OPEN))
    announced = after(accepted(known(EXAMPLE, _BEFORE), series, _NOW), known(EXAMPLE, _BEFORE))
    _, news = _settle(announced, series, at("2030-05-19T12:00"))
    assert [(each.lecture, each.kinds) for each in news] == [("3", (News.MATERIALS,))]


def test_kinds_that_are_switched_off_are_not_told_and_others_keep_their_own_time() -> None:
    later = {**SETTLING, News.CHANGED: timedelta(hours=1), News.CANCELLED: timedelta(minutes=2)}
    series = replace(EXAMPLE, settling={kind: time for kind, time in later.items() if kind is not News.DETAILS})
    changed = _with(_TITLED, replace(DAY_ONLY, language="ja", day=UNDATED.day), of=series)
    assert _kinds(changed, series) == {"5": (News.CHANGED,)}
    announced = after(accepted(known(series, _BEFORE), changed, _NOW), known(series, _BEFORE))
    assert next_settling(announced, changed, _NOW) == _NOW
    announced, news = _settle(announced, changed, _NOW)
    assert news == []
    assert announced["4"].announced == announced["4"].current
    assert next_settling(announced, changed, _NOW) == _NOW + timedelta(hours=1)
    off = _with(replace(OPEN, status=Status.CANCELLED), of=series)
    announced = after(accepted(known(series, _BEFORE), off, _NOW), known(series, _BEFORE))
    assert next_settling(announced, off, _NOW) == _NOW + timedelta(minutes=2)


def test_a_form_of_a_new_lecture_is_told_even_where_new_lectures_are_not() -> None:
    series = replace(EXAMPLE, settling={kind: time for kind, time in SETTLING.items() if kind is not News.LISTED})
    assert _kinds(_with(dated(7, "2030-09-19T13:00"), of=series), series) == {}
    assert _kinds(_with(with_form(dated(7, "2030-09-19T13:00")), of=series), series) == {
        "7": (News.REGISTRATION_OPENED,)
    }


def test_a_link_is_news_once() -> None:
    assert [each.lecture for each in news_of(EXAMPLE, _with(_WITH_VIDEO), _NOW)] == ["2"]
    known_links = frozenset({"https://videos.example/2"})
    assert news_of(EXAMPLE, _with(_WITH_VIDEO), _NOW, links=known_links) == []
    announced = known(EXAMPLE, _BEFORE)
    for minutes, series in enumerate((_with(_WITH_VIDEO), EXAMPLE, _with(_WITH_VIDEO))):
        moment = _NOW + minutes * timedelta(hours=1)
        announced = after(accepted(announced, series, moment), announced)
        announced, news = _settle(announced, series, moment + _A_QUARTER)
        assert len(news) == (minutes == 0)
    assert announced["2"].announced_links == {"https://files.example/2.pdf", "https://videos.example/2"}


def test_several_materials_of_a_lecture_are_one_piece_of_news() -> None:
    note = Material(both("ノート", "Notebook"), MaterialKind.NOTEBOOK, "https://files.example/n")
    series = _with(replace(_WITH_VIDEO, materials=(*_WITH_VIDEO.materials, note)))
    assert _kinds(series) == {"2": (News.MATERIALS,)}


def test_a_vanished_lecture_is_no_news_and_comes_back_with_what_changed() -> None:
    gone = _without(3)
    announced = after(accepted(known(EXAMPLE, _BEFORE), gone, _NOW), known(EXAMPLE, _BEFORE))
    assert announced["3"].current is None
    assert settled(announced, gone, _NOW + timedelta(hours=1)) is None
    assert next_settling(announced, gone, _NOW) is None
    assert accepted(announced, gone, _NOW + _MINUTE) is None
    back = after(accepted(announced, EXAMPLE, _NOW + timedelta(hours=2)), announced)
    assert settled(back, EXAMPLE, _NOW + timedelta(hours=3)) is None
    assert back["3"].date_changed_at == back["3"].form_added_at == _NOW + timedelta(hours=2)
    moved = _with(replace(OPEN, starts=at("2030-04-18T14:00")))
    _, news = _settle(after(accepted(announced, moved, _NOW), announced), moved, _NOW + timedelta(hours=1))
    assert [(each.lecture, each.kinds) for each in news] == [("3", (News.CHANGED,))]


def test_a_change_accepted_quietly_is_no_news() -> None:
    series = _with(replace(OPEN, starts=at("2030-04-18T14:00")), _WITH_VIDEO, dated(7, "2030-09-19T13:00"))
    announced = known(EXAMPLE, _BEFORE)
    announced = after(accepted(announced, series, _NOW, quietly=True), announced)
    assert settled(announced, series, _NOW + timedelta(hours=1)) is None
    assert all(each.announced == each.current for each in announced.values())
    assert "https://videos.example/2" in announced["2"].announced_links
    assert (announced["3"].changed_at, announced["3"].date_changed_at, announced["7"].date_changed_at) == (
        _NOW,
        _NOW,
        _NOW,
    )


def test_a_quiet_change_lets_others_that_wait_be_told() -> None:
    english = replace(OPEN, language="en")
    announced = known(EXAMPLE, _BEFORE)
    announced = after(accepted(announced, _with(english, dated(7, "2030-09-19T13:00")), _NOW), announced)
    both_changed = _with(replace(english, venue=_KYOTO), dated(7, "2030-09-20T13:00"))
    announced = after(accepted(announced, both_changed, _NOW + _MINUTE, quietly=True), announced)
    _, news = _settle(announced, both_changed, _NOW + timedelta(hours=1))
    assert [(each.lecture, each.kinds) for each in news] == [("3", (News.CHANGED,)), ("7", (News.LISTED,))]
    assert news[0].before == effective(replace(OPEN, venue=_KYOTO), EXAMPLE)


def test_only_the_lectures_named_are_accepted() -> None:
    series = _with(replace(OPEN, language="en"), _TITLED)
    step = accepted(known(EXAMPLE, _BEFORE), series, _NOW, lectures={"4"})
    assert step
    assert [each.lecture for each in step.lecture_states] == ["4"]


@pytest.mark.parametrize(
    ("lecture", "facets"),
    [
        (replace(OPEN, language="en"), set()),
        (replace(OPEN, starts=at("2030-04-18T14:00")), {"date_changed_at"}),
        (replace(OPEN, day=DAY_ONLY.day, starts=None, ends=None), {"date_changed_at", "deadline_changed_at"}),
        (_POSTPONED, {"date_changed_at", "deadline_changed_at"}),
        (with_form(OPEN, None, at("2030-04-16T12:00")), {"deadline_changed_at"}),
        (with_form(OPEN, "https://forms.example/33"), set()),
        (replace(OPEN, registration=Registration()), set()),
        (with_form(NOT_YET_OPEN), {"form_added_at"}),
    ],
)
def test_since_when_date_deadline_and_form_are_known_is_kept_unless_they_change(
    lecture: Lecture, facets: set[str]
) -> None:
    step = accepted(known(EXAMPLE, _BEFORE), _with(lecture), _NOW)
    assert step
    (changed,) = step.lecture_states
    assert changed.changed_at == _NOW
    times = {
        "date_changed_at": changed.date_changed_at,
        "deadline_changed_at": changed.deadline_changed_at,
        "form_added_at": changed.form_added_at,
    }
    assert {name for name, time in times.items() if time == _NOW} == facets
    assert {name for name, time in times.items() if time == _BEFORE} == set(times) - facets


def test_a_rule_or_a_form_of_another_lecture_changes_what_holds_for_a_lecture() -> None:
    first, second = with_form(dated(1, "2030-04-18T13:00")), dated(2, "2030-04-19T13:00")
    alone = series_of(first, second)
    shared = series_of(with_form(first, None, None, 2), second)
    announced = known(alone, _BEFORE)
    announced = after(accepted(announced, shared, _NOW), announced)
    assert (announced["2"].form_added_at, announced["2"].deadline_changed_at) == (_NOW, _BEFORE)
    announced, news = _settle(announced, shared, _NOW + _A_QUARTER)
    assert [(each.lecture, each.kinds) for each in news] == [("2", (News.REGISTRATION_OPENED,))]
    earlier = replace(shared, registration=RegistrationPolicy(True, closes=ClosingRule(3, time(12))))
    announced = after(accepted(announced, earlier, _NOW + timedelta(hours=1)), announced)
    assert {each.deadline_changed_at for each in announced.values()} == {_NOW + timedelta(hours=1)}
    _, news = _settle(announced, earlier, _NOW + timedelta(hours=2))
    assert [(each.lecture, each.kinds) for each in news] == [("1", (News.CHANGED,)), ("2", (News.CHANGED,))]


@st.composite
def _edited(draw: st.DrawFn, series: Series) -> Series:
    """The series with some lectures written anew, left out or added."""
    numbers = sorted({int(each.id) for each in series.lectures} | draw(st.sets(st.integers(1, 30), max_size=2)))
    kept: list[Lecture] = []
    for number in numbers:
        former = series.numbered(number)
        written = draw(lectures(number, [str(each) for each in numbers if each != number], series.timezone))
        choice = draw(st.sampled_from(["keep", "keep", "write", "drop"]))
        if choice == "write" or (choice == "keep" and former is None):
            kept.append(written)
        elif choice == "keep" and former:
            kept.append(former)
    return replace(series, lectures=tuple(kept))


@brief
@given(st.data())
def test_once_all_has_settled_everybody_knows_the_schedule_and_nothing_is_told_again(data: st.DataObject) -> None:
    series = data.draw(any_series())
    now = data.draw(instants(series))
    announced: Memory = known(series, now)
    for _ in range(data.draw(st.integers(0, 3))):
        series = data.draw(_edited(series))
        now += timedelta(minutes=data.draw(st.integers(0, 40)))
        announced = after(accepted(announced, series, now, quietly=data.draw(st.booleans())), announced)
        assert accepted(announced, series, now) is None
    while moment := next_settling(announced, series, now):
        now = max(now, moment)
        step = settled(announced, series, now)
        assert step
        assert len({each.lecture for each in step.news}) == len(step.news)
        assert all(each.settled_at <= now and each.kinds for each in step.news)
        announced = after(step, announced)
    assert settled(announced, series, now + timedelta(days=1)) is None
    for number, each in announced.items():
        lecture = series.lecture(number)
        assert each.current == (effective(lecture, series) if lecture else None)
        assert each.current is None or each.announced == each.current


@brief
@given(st.data())
def test_edits_in_quick_succession_make_one_piece_of_news_and_none_if_undone(data: st.DataObject) -> None:
    series = data.draw(any_series())
    now = data.draw(instants(series))
    calm = {kind: timedelta(minutes=15) for kind in News}
    series = replace(series, settling=calm)
    announced: Memory = known(series, now)
    original = series
    undone = data.draw(st.booleans())
    for _ in range(data.draw(st.integers(1, 3))):
        series = data.draw(_edited(series))
        announced = after(accepted(announced, series, now), announced)
    series = original if undone else series
    announced = after(accepted(announced, series, now), announced)
    _, news = _settle(announced, series, now + timedelta(minutes=15))
    direct = known(original, now)
    _, expected = _settle(after(accepted(direct, series, now), direct), series, now + timedelta(minutes=15))
    assert news == expected
    assert not (undone and news)


@brief
@given(st.data())
def test_however_often_one_looks_the_same_is_told(data: st.DataObject) -> None:
    series = data.draw(any_series())
    now = data.draw(instants(series))
    later = data.draw(_edited(series))
    announced = after(accepted(known(series, now), later, now), known(series, now))
    rare, once = _settle(announced, later, now + timedelta(minutes=15))
    often: Memory = announced
    found: list[NewsItem] = []
    for minutes in data.draw(st.lists(st.integers(0, 15), max_size=6).map(sorted)):
        often, news = _settle(often, later, now + timedelta(minutes=minutes))
        found += news
    often, news = _settle(often, later, now + timedelta(minutes=15))
    found += news
    assert {each.lecture: each.announced for each in often.values()} == {
        each.lecture: each.announced for each in rare.values()
    }
    pointless = {each.lecture for each in found} ^ {each.lecture for each in once}
    assert pointless <= {each.lecture for each in found if each.urgent}
    same = [each for each in found if each.lecture not in pointless]
    assert {(each.lecture, each.before, each.after, each.settled_at) for each in same} == {
        (each.lecture, each.before, each.after, each.settled_at) for each in once
    }


_OPENS = _NOW + timedelta(days=2)
_OPENING = replace(NOT_YET_OPEN, registration=Registration("https://forms.example/4", opens=_OPENS))


def test_a_form_that_opens_by_the_clock_is_told_at_that_very_moment_and_once() -> None:
    series = _with(_OPENING)
    announced = known(series, _NOW)
    assert announced["4"].current
    assert announced["4"].current.registration.url is None
    assert next_settling(announced, series, _NOW) == _OPENS
    assert settled(announced, series, _OPENS - _MINUTE) is None
    announced, news = _settle(announced, series, _OPENS)
    assert [(each.lecture, each.kinds, each.settled_at) for each in news] == [
        ("4", (News.REGISTRATION_OPENED,), _OPENS)
    ]
    assert announced["4"].form_added_at == _OPENS
    assert settled(announced, series, _OPENS + _MINUTE) is None
    assert accepted(announced, series, _OPENS + _MINUTE) is None


def test_a_form_with_an_opening_to_come_is_no_news_when_it_is_added() -> None:
    announced = after(accepted(known(EXAMPLE, _BEFORE), _with(_OPENING), _NOW), known(EXAMPLE, _BEFORE))
    announced, news = _settle(announced, _with(_OPENING), _NOW + timedelta(hours=1))
    assert news == []
    _, news = _settle(announced, _with(_OPENING), _OPENS)
    assert [each.kinds for each in news] == [(News.REGISTRATION_OPENED,)]


def test_an_opening_that_was_missed_is_caught_up_on() -> None:
    series, back = _with(_OPENING), _OPENS + timedelta(days=1)
    announced = known(series, _NOW)
    announced = after(accepted(announced, series, back), announced)
    _, news = _settle(announced, series, back + timedelta(hours=1))
    assert [each.kinds for each in news] == [(News.REGISTRATION_OPENED,)]


def test_what_is_to_come_is_found_one_moment_after_the_other() -> None:
    moved = replace(OPEN, venue=_KYOTO)
    series = _with(_OPENING, moved)
    announced = after(accepted(known(_with(_OPENING), _BEFORE), series, _NOW), known(_with(_OPENING), _BEFORE))
    told = [(due, [each.lecture for each in step.news]) for due, step in steps_to_come(announced, series, _NOW)]
    assert told == [(_NOW + _A_QUARTER, ["3"]), (_OPENS, ["4"])]


def test_an_opening_at_night_is_told_in_the_morning() -> None:
    midnight = _NOW.replace(hour=0) + timedelta(days=2)
    series = _with(replace(_OPENING, registration=Registration("https://forms.example/4", opens=midnight)))
    announced, news = _settle(known(series, _NOW), series, midnight)
    assert news == []
    _, news = _settle(announced, series, midnight + timedelta(hours=8))
    assert [each.settled_at for each in news] == [midnight + timedelta(hours=8)]
