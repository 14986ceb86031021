"""What one follower is to be told now: nothing twice, nothing stale, one belated post a lecture at most."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.agenda import Agenda, Reason, agenda, pings, urgency
from bot.announcements.matter import Matter, NewsMatter, StageMatter, keys
from bot.announcements.plan import planned_stages
from bot.domain.audience import Address, AddressKind, Follower, Topic, address
from bot.domain.timings import News, Stage
from tests.examples import OPEN, at, dated, series_of, with_form

CHANNEL = Address("discord", AddressKind.CHANNEL, "1")
PERSON = Address("discord", AddressKind.USER, "4")
LONG_AGO = at("2030-01-01T00:00")
LECTURE = replace(OPEN, number=3)
"""On Thursday 18 April at 13:00; registration closes on Wednesday at noon."""
STAGES = planned_stages(series_of(LECTURE), LONG_AGO, at("2031-01-01T00:00"))
BY_STAGE = {each.stage: each for each in STAGES}
MOVED = NewsMatter((7,), (News.CHANGED,), (3,), at("2030-04-16T12:10"))


def follower(of: Address = CHANNEL, since: str = "2030-01-01T00:00", **wants: object) -> Follower:
    """Somebody who follows since then."""
    return replace(Follower(of, at(since)), **wants)  # type: ignore[arg-type]


def due(
    now: str,
    *more: Matter,
    of: Follower | None = None,
    taken: Collection[tuple[str, Address]] = (),
    stages: Collection[StageMatter] = tuple(STAGES),
) -> Agenda:
    """The agenda at that moment, of all stages that are due by then."""
    moment = at(now)
    return agenda(of or follower(), [*(each for each in stages if each.due <= moment), *more], taken, moment)


def told(*matters: Matter, to: Address = CHANNEL) -> set[tuple[str, Address]]:
    """What the ledger says of them."""
    return {(key, to) for matter in matters for key in keys(matter)}


def test_a_stage_is_told_when_it_is_due_and_not_again_once_it_was() -> None:
    week_before = BY_STAGE[Stage.WEEK_BEFORE]
    assert due("2030-04-11T09:00") == Agenda((week_before,), ())
    assert due("2030-04-11T09:00", taken=told(week_before)) == Agenda((), ())
    assert due("2030-04-11T09:00", taken=told(week_before, to=PERSON)) == Agenda((week_before,), ())


def test_what_came_too_late_is_skipped_with_the_reason() -> None:
    before = told(BY_STAGE[Stage.WEEK_BEFORE])
    assert due("2030-04-17T09:00", taken=before) == Agenda(
        (BY_STAGE[Stage.CLOSING_TODAY],), ((BY_STAGE[Stage.CLOSING_SOON], Reason.STALE),)
    )
    assert due("2030-04-17T11:45", taken=before) == Agenda(
        (), ((BY_STAGE[Stage.CLOSING_SOON], Reason.STALE), (BY_STAGE[Stage.CLOSING_TODAY], Reason.STALE))
    )


def test_after_an_outage_one_belated_post_is_enough() -> None:
    done = told(*(BY_STAGE[each] for each in Stage if each in BY_STAGE and BY_STAGE[each].due < at("2030-04-18T00:00")))
    assert due("2030-04-18T12:40", taken=done) == Agenda(
        (BY_STAGE[Stage.STARTING],), ((BY_STAGE[Stage.MORNING], Reason.SUPERSEDED),)
    )


def test_news_say_what_a_belated_stage_would_have_said() -> None:
    done = told(BY_STAGE[Stage.WEEK_BEFORE])
    closing = BY_STAGE[Stage.CLOSING_SOON]
    assert due("2030-04-16T12:10", MOVED, taken=done) == Agenda((MOVED,), ((closing, Reason.SUPERSEDED),))
    assert due("2030-04-16T12:04", replace(MOVED, due=at("2030-04-16T12:04")), taken=done) == Agenda(
        (closing, replace(MOVED, due=at("2030-04-16T12:04"))), ()
    )


def test_two_stages_at_one_moment_become_the_more_urgent_one() -> None:
    soon = BY_STAGE[Stage.CLOSING_SOON]
    weekday = replace(soon, stage=Stage.LAST_WEEKDAY)
    assert due("2030-04-16T12:00", stages=[soon, weekday]) == Agenda((weekday,), ((soon, Reason.SUPERSEDED),))


def test_what_was_due_before_somebody_followed_is_not_for_them_and_not_even_skipped() -> None:
    assert due("2030-04-11T09:00", of=follower(since="2030-04-11T09:01")) == Agenda((), ())
    assert due("2030-04-18T12:30", of=follower(since="2030-04-18T12:30")) == Agenda((BY_STAGE[Stage.STARTING],), ())


def test_a_group_is_told_only_of_those_that_were_not_told_yet() -> None:
    closes = at("2030-04-15T12:00")
    first = with_form(dated(1, "2030-04-18T13:00"), None, closes, 2)
    second = replace(dated(2, "2030-04-19T13:00"), registration=replace(first.registration, url=None, also_for=()))
    both = next(
        each
        for each in planned_stages(series_of(first, second), LONG_AGO, at("2031-01-01T00:00"))
        if each.stage is Stage.CLOSING_TODAY
    )
    alone = replace(both, lectures=(1,))
    now = "2030-04-15T09:00"
    assert due(now, stages=[both], taken=told(alone)) == Agenda((replace(both, lectures=(2,)),), ())
    assert due(now, stages=[both], of=follower(lectures=frozenset({2}))) == Agenda((replace(both, lectures=(2,)),), ())
    assert due(now, stages=[both], of=follower(lectures=frozenset({9}))) == Agenda((), ())


def test_a_channel_hears_of_the_topics_it_chose_and_of_whatever_is_urgent() -> None:
    only_materials = follower(topics=frozenset({Topic.MATERIALS}))
    slides = NewsMatter((8,), (News.MATERIALS,), (3,), at("2030-04-17T10:00"))
    cancelled = NewsMatter((9,), (News.CANCELLED,), (3,), at("2030-04-17T10:00"), urgent=True)
    assert due("2030-04-17T10:00", MOVED, slides, cancelled, of=only_materials) == Agenda((cancelled, slides), ())


def test_a_person_gets_one_reminder_before_the_deadline_one_on_the_morning_and_what_changes() -> None:
    somebody = follower(PERSON)
    heard = [stage for stage in BY_STAGE if somebody.wants((stage,))]
    assert heard == [Stage.CLOSING_SOON, Stage.MORNING]
    assert [kind for kind in News if somebody.wants((kind,))] == [
        News.REGISTRATION_OPENED,
        News.MATERIALS,
        News.CHANGED,
        News.POSTPONED,
        News.CANCELLED,
    ]
    assert not replace(somebody, topics=frozenset({Topic.REMINDERS})).wants((News.CANCELLED,), urgent=True)


def test_urgent_posts_go_first_and_only_the_most_important_ping() -> None:
    urgent = NewsMatter((1,), (News.CHANGED,), (3,), LONG_AGO, urgent=True)
    ranks = [urgency(each) for each in (urgent, BY_STAGE[Stage.CLOSING_TODAY], BY_STAGE[Stage.MORNING], MOVED)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 4
    assert [each for each in Stage if pings(replace(STAGES[0], stage=each))] == [Stage.CLOSING_TODAY]
    assert [kind for kind in News if pings(replace(MOVED, kinds=(kind,)))] == [News.POSTPONED, News.CANCELLED]
    assert pings(urgent)


@given(
    st.datetimes(at("2030-04-01T00:00").replace(tzinfo=None), at("2030-04-20T00:00").replace(tzinfo=None)),
    st.sets(st.sampled_from(STAGES)),
    st.booleans(),
)
def test_nothing_is_told_twice_nor_left_over_nor_more_than_one_belated_post(
    moment: object, before: set[StageMatter], changed: bool
) -> None:
    now = f"{moment:%Y-%m-%dT%H:%M}"
    ready = [each for each in STAGES if each.due <= at(now)]
    found = due(now, *([MOVED] if changed and MOVED.due <= at(now) else []), taken=told(*before))
    handled = [*found.posts, *(matter for matter, _ in found.skipped)]
    assert len(set(handled)) == len(handled)
    assert {each for each in handled if isinstance(each, StageMatter)} == set(ready) - before
    belated = [each for each in found.posts if at(now) - each.due > timedelta(minutes=5)]
    assert len(belated) <= 1


@pytest.mark.parametrize(
    "text", ["discord:123", "discord:user:4", "discord:role:5", "slack:C05", "slack:U05", "slack:S05", "print:channel"]
)
def test_an_address_reads_as_it_is_written(text: str) -> None:
    assert str(address(text)) == text


@pytest.mark.parametrize(
    "text", ["", "discord:", "discord:abc", "slack:c05", "slack:X05", "irc:1", "discord:user:", "123"]
)
def test_other_texts_are_no_addresses(text: str) -> None:
    assert address(text) is None
