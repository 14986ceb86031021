"""What one follower is to be told now: nothing twice, nothing stale, one belated post a lecture at most."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.planner import planned_news, planned_stages
from bot.announcements.post import ChangeSubject, PostSubject, ReminderSubject, keys, kinds
from bot.announcements.selection import Reason, Selection, selection
from bot.announcements.state import NewsItem
from bot.announcements.texts.reminders import stage_post
from bot.announcements.urgency import pings, urgency
from bot.cards.view import View
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.message import Card, Message, Section
from bot.domain.reminder_times import News, Stage
from bot.domain.reminders import DueStage
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind, Follower, Topic, address
from tests.examples import EXAMPLE, OPEN, at, both, dated, person, series_of, with_form

CHANNEL = Address("discord", AddressKind.CHANNEL, "1")
PERSON = Address("discord", AddressKind.USER, "4")
LONG_AGO = at("2030-01-01T00:00")
LECTURE = replace(OPEN, number=3)
"""On Thursday 18 April at 13:00; registration closes on Wednesday at noon."""
STAGES = planned_stages(series_of(LECTURE), LONG_AGO, at("2031-01-01T00:00"))
BY_STAGE = {each.stage: each for each in STAGES}
MOVED = ChangeSubject((7,), (News.CHANGED,), ("3",), at("2030-04-16T12:10"))


def follower(of: Address = CHANNEL, since: str = "2030-01-01T00:00", **wants: object) -> Follower:
    """Somebody who follows since then."""
    return replace(Follower(of, at(since)), **wants)  # type: ignore[arg-type]


def due(
    now: str,
    *more: PostSubject,
    of: Follower | None = None,
    taken: Collection[str] = (),
    stages: Collection[ReminderSubject] = tuple(STAGES),
) -> Selection:
    """The agenda at that moment, of all stages that are due by then."""
    moment = at(now)
    return selection(of or follower(), [*(each for each in stages if each.due <= moment), *more], taken, moment)


def stage_of(stage: Stage, lecture: int = 3, due: str = "2030-04-18T12:30") -> ReminderSubject:
    """A stage by itself, of use until the lecture begins."""
    begins = at("2030-04-18T13:00")
    return ReminderSubject((DueStage(stage, str(lecture), begins, at(due), begins),))


def told(*subjects: PostSubject) -> set[str]:
    """The keys that the ledger has of them."""
    return {key for subject in subjects for key in keys(subject)}


def test_a_stage_is_told_when_it_is_due_and_not_again_once_it_was() -> None:
    week_before = BY_STAGE[Stage.WEEK_BEFORE]
    assert due("2030-04-11T09:00") == Selection((week_before,), ())
    assert due("2030-04-11T09:00", taken=told(week_before)) == Selection((), ())


def test_what_came_too_late_is_skipped_with_the_reason() -> None:
    before = told(BY_STAGE[Stage.WEEK_BEFORE])
    assert due("2030-04-17T09:00", taken=before) == Selection(
        (BY_STAGE[Stage.CLOSING_TODAY],), ((BY_STAGE[Stage.CLOSING_SOON], Reason.STALE),)
    )
    assert due("2030-04-17T11:45", taken=before) == Selection(
        (), ((BY_STAGE[Stage.CLOSING_SOON], Reason.STALE), (BY_STAGE[Stage.CLOSING_TODAY], Reason.STALE))
    )


def test_after_an_outage_one_belated_post_is_enough() -> None:
    done = told(*(BY_STAGE[each] for each in Stage if each in BY_STAGE and BY_STAGE[each].due < at("2030-04-18T00:00")))
    assert due("2030-04-18T12:40", taken=done) == Selection(
        (BY_STAGE[Stage.STARTING],), ((BY_STAGE[Stage.MORNING], Reason.SUPERSEDED),)
    )


def test_news_say_what_a_belated_stage_would_have_said() -> None:
    done = told(BY_STAGE[Stage.WEEK_BEFORE])
    closing = BY_STAGE[Stage.CLOSING_SOON]
    assert due("2030-04-16T12:10", MOVED, taken=done) == Selection((MOVED,), ((closing, Reason.SUPERSEDED),))
    assert due("2030-04-16T12:04", replace(MOVED, due=at("2030-04-16T12:04")), taken=done) == Selection(
        (closing, replace(MOVED, due=at("2030-04-16T12:04"))), ()
    )


def test_what_was_due_before_somebody_followed_is_not_for_them_and_not_even_skipped() -> None:
    assert due("2030-04-11T09:00", of=follower(since="2030-04-11T09:01")) == Selection((), ())
    assert due("2030-04-18T12:30", of=follower(since="2030-04-18T12:30")) == Selection((BY_STAGE[Stage.STARTING],), ())


def test_a_group_is_told_only_of_those_that_were_not_told_yet() -> None:
    closes = at("2030-04-15T12:00")
    first = with_form(dated(1, "2030-04-18T13:00"), None, closes, 2)
    second = replace(dated(2, "2030-04-19T13:00"), registration=replace(first.registration, url=None, also_for=()))
    both = next(
        each
        for each in planned_stages(series_of(first, second), LONG_AGO, at("2031-01-01T00:00"))
        if each.stage is Stage.CLOSING_TODAY
    )
    first_alone, second_alone = (ReminderSubject((each,)) for each in both.stages)
    now = "2030-04-15T09:00"
    assert due(now, stages=[both], taken=told(first_alone)) == Selection((second_alone,), ())
    assert due(now, stages=[both], of=follower(lectures=frozenset({"2"}))) == Selection((second_alone,), ())
    assert due(now, stages=[both], of=follower(lectures=frozenset({"9"}))) == Selection((), ())


def test_a_channel_hears_of_the_topics_it_chose_and_of_whatever_is_urgent() -> None:
    only_materials = follower(topics=frozenset({Topic.MATERIALS}))
    slides = ChangeSubject((8,), (News.MATERIALS,), ("3",), at("2030-04-17T10:00"))
    cancelled = ChangeSubject((9,), (News.CANCELLED,), ("3",), at("2030-04-17T10:00"), urgent=True)
    assert due("2030-04-17T10:00", MOVED, slides, cancelled, of=only_materials) == Selection((cancelled, slides), ())


def test_a_person_gets_one_reminder_before_the_deadline_one_on_the_morning_and_what_changes() -> None:
    somebody = follower(PERSON)
    heard = [stage for stage in BY_STAGE if somebody.wants((stage,))]
    assert heard == [Stage.CLOSING_SOON, Stage.MORNING]
    assert somebody.wants((Stage.LAST_WEEKDAY,))
    assert [kind for kind in News if somebody.wants((kind,))] == [
        News.REGISTRATION_OPENED,
        News.MATERIALS,
        News.CHANGED,
        News.POSTPONED,
        News.CANCELLED,
    ]
    assert not replace(somebody, topics=frozenset({Topic.REMINDERS})).wants((News.CANCELLED,), urgent=True)


def test_urgent_posts_go_first_and_only_the_most_important_ping() -> None:
    urgent = ChangeSubject((1,), (News.CHANGED,), ("3",), LONG_AGO, urgent=True)
    ranks = [urgency(each) for each in (urgent, BY_STAGE[Stage.CLOSING_TODAY], BY_STAGE[Stage.MORNING], MOVED)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 4
    assert [each for each in Stage if pings(stage_of(each))] == [Stage.CLOSING_TODAY]
    assert [kind for kind in News if pings(replace(MOVED, kinds=(kind,)))] == [News.POSTPONED, News.CANCELLED]
    assert pings(urgent)


@given(
    st.datetimes(at("2030-04-01T00:00").replace(tzinfo=None), at("2030-04-20T00:00").replace(tzinfo=None)),
    st.sets(st.sampled_from(STAGES)),
    st.booleans(),
)
def test_nothing_is_told_twice_nor_left_over_nor_more_than_one_belated_post(
    moment: object, before: set[ReminderSubject], changed: bool
) -> None:
    now = f"{moment:%Y-%m-%dT%H:%M}"
    ready = [each for each in STAGES if each.due <= at(now)]
    found = due(now, *([MOVED] if changed and MOVED.due <= at(now) else []), taken=told(*before))
    handled = [*found.posts, *(subject for subject, _ in found.skipped)]
    assert len(set(handled)) == len(handled)
    assert {each for each in handled if isinstance(each, ReminderSubject)} == set(ready) - before
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


_FROM, _TO = at("2030-04-01T00:00"), at("2030-04-30T00:00")


def _post(series: Series, subject: ReminderSubject, language: Language) -> Message:
    return stage_post(subject, View(series, subject.due, language))


def _told(series: Series, language: Language = "en") -> list[tuple[str, str]]:
    return [
        (f"{each.due:%m-%d %H:%M}", _post(series, each, language).headline)
        for each in planned_stages(series, _FROM, _TO)
    ]


def test_the_posts_of_a_lecture_tell_what_to_do_by_when_in_their_first_line() -> None:
    subject = "lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora)"
    dated_subject = "lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)"
    place = "Galaxy University, West Hall, Room 201"
    joining = f"{place}, or online (the link comes by mail to registered addresses)"
    assert _told(EXAMPLE) == [
        ("04-11 09:00", f"Next Thu, 18 Apr, 13:00: {subject}, {place}. Please register by Wed, 17 Apr, noon."),
        ("04-16 12:00", f"Register by Wed, 17 Apr, noon: {dated_subject}"),
        ("04-17 09:00", f"Register today by noon: {dated_subject}"),
        ("04-18 08:00", f"Today at 13:00: {subject}, {joining}"),
        ("04-18 12:30", f"Starting at 13:00: {subject}, {joining}"),
    ]


def test_the_same_in_japanese() -> None:
    subject, dated_subject = (
        "第3回「機械学習で見る銀河」（大空 翼）",
        "第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）",
    )
    joining = "銀河大学 西館 201教室／オンライン（接続先は登録アドレス宛のメール）"
    assert [line for _, line in _told(EXAMPLE, "ja")] == [
        f"来週 4/18(木) 13:00〜 {subject}、銀河大学 西館 201教室。参加登録は 4/17(水) 正午まで。",
        f"参加登録は 4/17(水) 正午まで：{dated_subject}",
        f"参加登録は本日 正午まで：{dated_subject}",
        f"本日 13:00 開始：{subject}、{joining}",
        f"まもなく 13:00 開始：{subject}、{joining}",
    ]


def test_one_form_that_closes_at_once_for_two_lectures_gives_one_alert() -> None:
    closes = at("2030-04-15T12:00")
    first = with_form(dated(1, "2030-04-18T13:00"), None, closes, 2)
    second = replace(dated(2, "2030-04-19T13:00"), registration=replace(first.registration, url=None, also_for=()))
    alerts = [
        each for each in planned_stages(series_of(first, second), _FROM, _TO) if each.stage is Stage.CLOSING_TODAY
    ]
    assert alerts == [
        ReminderSubject(
            tuple(
                DueStage(Stage.CLOSING_TODAY, str(number), closes, at("2030-04-15T09:00"), at("2030-04-15T11:45"))
                for number in (1, 2)
            )
        ),
    ]
    message = _post(series_of(first, second), alerts[0], "ja")
    assert message.headline == "参加登録は本日 正午まで：第1回（4/18(木) 13:00〜）、第2回（4/19(金) 13:00〜）"
    (card,) = message.parts
    assert isinstance(card, Card)
    assert [link.url for link in card.links] == [first.registration.url]


def test_a_tentative_title_is_called_so_and_lectures_of_one_day_share_their_posts() -> None:
    lecture = replace(
        dated(7, "2030-04-18T13:00"), title=both("仮の題", "A working title"), title_tentative=True, speakers=()
    )
    other = replace(dated(8, "2030-04-18T15:00"), speakers=(person("星 光", "Hikaru Hoshi"),))
    assert _told(series_of(lecture, other)) == [
        (
            "04-11 09:00",
            "Next Thu, 18 Apr: lecture 7, “A working title” (working title) at 13:00; "
            "lecture 8 (Hikaru Hoshi) at 15:00.",
        ),
        (
            "04-18 08:00",
            "Today: lecture 7, “A working title” (working title) at 13:00; lecture 8 (Hikaru Hoshi) at 15:00",
        ),
        ("04-18 12:30", "Starting at 13:00: lecture 7, “A working title” (working title)"),
        ("04-18 14:30", "Starting at 15:00: lecture 8 (Hikaru Hoshi)"),
    ]
    assert [line for _, line in _told(series_of(lecture, other), "ja")][:2] == [
        "来週 4/18(木) 13:00〜 第7回「仮の題」（仮題）、15:00〜 第8回（星 光）。",
        "本日の講義：13:00〜 第7回「仮の題」（仮題）、15:00〜 第8回（星 光）",
    ]


_EARLY = with_form(OPEN, None, at("2030-04-11T10:00"))
"""Its registration closes a week before it takes place."""


def test_stages_of_one_lecture_within_three_hours_are_one_post() -> None:
    series = series_of(_EARLY)
    planned = planned_stages(series, at("2030-04-11T00:00"), at("2030-04-12T00:00"))
    assert [(f"{each.due:%H:%M}", [*kinds(each)]) for each in planned] == [
        ("09:00", [Stage.CLOSING_TODAY, Stage.WEEK_BEFORE])
    ]
    assert [keys(each) for each in planned] == [
        ("closing_today/3/2030-04-11T01:00", "week_before/3/2030-04-18T04:00"),
    ]
    post = _post(series, planned[0], "ja")
    assert post.headline == "参加登録は本日 10:00まで：第3回「機械学習で見る銀河」（大空 翼、4/18(木) 13:00〜）"


def test_what_of_a_shared_post_was_told_or_is_not_wanted_is_left_out_and_what_is_not_due_waits() -> None:
    (shared,) = planned_stages(series_of(_EARLY), at("2030-04-11T00:00"), at("2030-04-12T00:00"))
    closing, week = (ReminderSubject((each,)) for each in shared.stages)
    deadlines = follower(topics=frozenset({Topic.DEADLINES}))
    assert due("2030-04-11T08:59", stages=[shared]).posts == ()
    assert due("2030-04-11T09:00", stages=[shared]).posts == (shared,)
    assert due("2030-04-11T09:00", stages=[shared], taken=told(closing)).posts == (week,)
    assert due("2030-04-11T09:00", stages=[shared], of=deadlines).posts == (closing,)


def test_a_stage_that_news_have_said_shortly_before_is_not_told_again() -> None:
    closing = BY_STAGE[Stage.CLOSING_SOON]
    said = replace(MOVED, due=at("2030-04-16T09:00"), says=(Stage.CLOSING_SOON,))
    before = told(BY_STAGE[Stage.WEEK_BEFORE])
    for news, posts in (
        (said, ()),
        (replace(said, due=at("2030-04-16T08:59")), (closing,)),
        (replace(said, says=(Stage.MORNING,)), (closing,)),
        (replace(said, lectures=("4",)), (closing,)),
    ):
        assert due("2030-04-16T12:00", news, taken=before | told(news)).posts == posts
    assert due("2030-04-16T12:00", said, taken=before | told(said)).skipped == ((closing, Reason.SUPERSEDED),)


def test_the_post_of_the_day_tells_those_online_how_to_behave_that_day() -> None:
    morning = next(each for each in planned_stages(EXAMPLE, _FROM, _TO) if each.stage is Stage.MORNING)
    rules = [part for part in _post(EXAMPLE, morning, "en").parts if isinstance(part, Section)]
    assert [(section.title, section.paragraphs) for section in rules] == [
        ("Online", (("Please keep your microphone muted. Please do not record.",),)),
    ]


def test_a_day_whose_time_is_unknown_is_announced_as_a_day() -> None:
    assert [line for _, line in _told(series_of(dated(5, "2030-04-18")))] == [
        "Next Thu, 18 Apr: lecture 5.",
        "Today: lecture 5",
    ]


def test_nothing_is_planned_outside_the_stretch_asked_for() -> None:
    lecture: Lecture = dated(5, "2030-04-18T13:00")
    assert planned_stages(series_of(lecture), at("2030-04-18T12:30"), at("2030-04-18T12:31")) == [
        stage_of(Stage.STARTING, 5)
    ]
    assert planned_stages(series_of(lecture), at("2030-04-18T12:31"), at("2030-05-18T12:31")) == []


DETAILS = ChangeSubject(
    (8,), (News.DETAILS,), ("3",), at("2030-04-08T12:00"), awaits=BY_STAGE[Stage.WEEK_BEFORE].stages
)


def test_details_wait_for_a_stage_that_shows_them_soon() -> None:
    assert due("2030-04-08T12:00", DETAILS) == Selection((), ((DETAILS, Reason.SUPERSEDED),))


@pytest.mark.parametrize(
    ("now", "of"),
    [
        ("2030-04-08T12:00", follower(topics=frozenset({Topic.CHANGES}))),
        ("2030-04-11T10:00", follower(since="2030-04-11T09:30")),
    ],
    ids=["who gets no reminders", "who began to follow after it"],
)
def test_who_is_not_shown_them_is_told(now: str, of: Follower) -> None:
    details = replace(DETAILS, due=at(now))
    assert due(now, details, of=of).posts == (details,)


@pytest.mark.parametrize(
    ("settled", "awaited"),
    [
        ("2030-04-03T09:00", []),
        ("2030-04-08T12:00", [Stage.WEEK_BEFORE]),
        ("2030-04-11T09:30", []),
        ("2030-04-11T08:00", []),
        ("2030-04-13T12:00", [Stage.CLOSING_SOON]),
        ("2030-04-16T09:30", []),
        ("2030-04-17T10:00", [Stage.MORNING]),
        ("2030-04-18T12:45", []),
    ],
)
def test_details_wait_a_week_for_the_card_and_four_days_for_a_reminder(settled: str, awaited: list[Stage]) -> None:
    before, series = replace(LECTURE, title=None), series_of(LECTURE)
    item = NewsItem(1, "3", (News.DETAILS,), before, LECTURE, at(settled))
    [subject] = planned_news(series, [item])
    assert [each.stage for each in subject.awaits] == awaited
    changed = replace(item, kinds=(News.CHANGED, News.DETAILS))
    assert planned_news(series, [changed])[0].awaits == ()


def test_details_right_before_a_reminder_take_its_place_and_neither_is_lost() -> None:
    settled = at("2030-04-16T10:30")
    item = NewsItem(1, "3", (News.DETAILS,), replace(LECTURE, title=None), LECTURE, settled)
    [subject] = planned_news(series_of(LECTURE), [item])
    assert due("2030-04-16T10:30", subject).posts == (subject,)
    assert due("2030-04-16T12:00", subject, BY_STAGE[Stage.CLOSING_SOON]).posts == (subject,)
