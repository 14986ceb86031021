"""Answers are prepared once and given again, for exactly as long as they are true."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.context import Reply, ReplyStatus
from bot.commands.handlers import action_handler, handler
from bot.commands.parser import Request, Role
from bot.commands.registry import COMMANDS, MAX_WORDS
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.series import Series
from tests.commands.transcripts import numbered_calendar, reply_to
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, dated, series_of, with_lecture


@dataclass
class _House:
    """A desk whose schedule and clock a test may change."""

    series: Series = EXAMPLE
    now: datetime = BEFORE_THREE
    router: CommandRouter = field(init=False)

    def __post_init__(self) -> None:
        self.router = CommandRouter(lambda: self.series, lambda: self.now, numbered_calendar)

    def ask(self, line: str = "next", language: Language = "ja", role: Role = Role.MEMBER) -> Reply:
        return self.router.answer(Request(line, language, role))


def test_every_command_is_answered_or_done_by_something() -> None:
    for spec in COMMANDS:
        assert callable(handler(spec.name))
        assert not spec.acts or callable(action_handler(spec.name))


def test_an_equal_question_gets_the_identical_answer() -> None:
    house = _House()
    first = house.ask()
    house.now += timedelta(hours=11)
    assert house.ask() is first


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2030-04-08T23:59:59", "2030-04-09T00:00:00"),
        ("2030-04-16T11:59:59", "2030-04-16T12:00:00"),
        ("2030-04-17T11:59:59", "2030-04-17T12:00:00"),
        ("2030-04-18T12:59:59", "2030-04-18T13:00:00"),
        ("2030-04-18T16:59:59", "2030-04-18T17:00:00"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC", "America/New_York"])
def test_a_new_day_or_a_new_state_gets_a_new_answer(before: str, after: str, zone: str) -> None:
    house = _House(now=at(before).astimezone(ZoneInfo(zone)))
    first = house.ask()
    house.now = at(after).astimezone(ZoneInfo(zone))
    second = house.ask()
    assert second == reply_to("next", EXAMPLE, at(after))
    assert second != first


def test_a_new_schedule_gets_a_new_answer_at_once() -> None:
    house = _House()
    house.ask()
    house.series = with_lecture(EXAMPLE, dated(7, "2030-04-10T13:00"))
    assert house.ask() == reply_to("next", house.series, BEFORE_THREE)


def test_a_clock_that_is_moved_back_gets_the_answer_of_its_own_time() -> None:
    house = _House(now=at("2030-04-18T13:00"))
    under_way = house.ask()
    house.now = BEFORE_THREE
    assert house.ask() == reply_to("next", EXAMPLE, BEFORE_THREE)
    assert house.ask() != under_way


def test_languages_and_roles_are_answered_apart() -> None:
    house = _House()
    answers = [house.ask(language="ja"), house.ask(language="en"), house.ask(role=Role.ORGANIZER)]
    assert [house.ask(language="ja"), house.ask(language="en"), house.ask(role=Role.ORGANIZER)] == answers
    assert answers[0] != answers[1]
    assert answers[0] is not answers[2]


def test_only_so_many_answers_are_kept_and_the_longest_unused_goes_first() -> None:
    house = _House()
    often, seldom = house.ask("lecture 3"), house.ask("lecture 2")
    for number in range(2047):
        house.ask(f"find {number}")
        house.ask("lecture 3")
    assert house.ask("lecture 3") is often
    assert house.ask("lecture 2") is not seldom


def test_the_language_of_public_answers_is_the_series_own() -> None:
    assert [
        _House(Series(EXAMPLE.name, EXAMPLE.timezone, language)).router.public_language for language in ("ja", "en")
    ] == [
        "ja",
        "en",
    ]


@pytest.mark.parametrize("length", [MAX_WORDS, MAX_WORDS + 1])
def test_an_argument_may_be_as_long_as_a_button_can_carry(length: int) -> None:
    outcome = reply_to("find " + "a" * length, EXAMPLE, BEFORE_THREE).outcome
    assert outcome == (ReplyStatus.NOT_FOUND if length == MAX_WORDS else ReplyStatus.MISUNDERSTOOD)


@pytest.mark.parametrize("line", ["materials page=" + "9" * 5000, "materials page=99999999", "materials page=²"])
def test_no_number_of_a_page_is_too_odd(line: str) -> None:
    assert reply_to(line, EXAMPLE, BEFORE_THREE).headline != ""


def test_the_clock_may_be_told_in_any_zone() -> None:
    line, moment = "next", BEFORE_THREE.astimezone(UTC)
    assert reply_to(line, EXAMPLE, moment) == reply_to(line, EXAMPLE, BEFORE_THREE)


def test_suggestions_come_from_the_schedule_in_service() -> None:
    house = _House()
    assert [each.line for each in house.router.suggestions("大空", "ja", 5)] == ["3"]
    house.series = series_of(dated(7, "2030-04-10T13:00"))
    assert [each.line for each in house.router.suggestions("", "ja", 5)] == [str(7)]
    assert OPEN.number == 3
