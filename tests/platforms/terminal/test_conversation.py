"""Talking in the terminal: the chat's own time, choices by number, files, and leaving."""

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.clock import SimulatedClock
from bot.commands.parser import Role
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.platforms.terminal.channel import Shown
from bot.platforms.terminal.chat import LineCompleter, chat_through_pipe
from bot.platforms.terminal.conversation import Conversation, is_farewell, time_to_try
from bot.platforms.terminal.rendering import Layout
from tests.examples import dated, series_of, with_form

TOKYO = ZoneInfo("Asia/Tokyo")
AFTERWARDS = datetime(2026, 1, 1, tzinfo=TOKYO)
SERIES = series_of(
    dated(8, "2030-03-01T13:00", "2030-03-01T17:00"),
    with_form(dated(9, "2030-04-25T13:00", "2030-04-25T17:00")),
    dated(10, "2030-05-14"),
)


def calendar(series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
    return b"BEGIN:VCALENDAR"


async def nothing() -> Sequence[Shown]:
    """Nobody posts; what is posted while the clock moves is tried on the shipped schedule, with the announcer."""
    return []


async def nowhere() -> None:
    """There is no file to look at."""


class Chat:
    """A chat on a schedule, at a time, seen as plain text."""

    def __init__(self, folder: Path, now: datetime, language: Language = "ja", series: Series = SERIES) -> None:
        self.clock = SimulatedClock(now, speed=0)
        self.router = CommandRouter(lambda: series, self.clock.now, calendar)
        self.language: Language = language
        self.problems: list[str] = []
        self.conversation = Conversation(
            self.router,
            lambda: series,
            lambda: [*self.problems],
            nothing,
            self.clock,
            language,
            Role.MEMBER,
            folder / "calendar",
        )
        self.layout = Layout(language, 200, numbered=True)

    def says(self, typed: str) -> list[str]:
        """What is answered, without blank lines."""
        answered = asyncio.run(self.conversation.answer(typed, self.layout))
        return [line.plain for line in answered if line.plain]

    def through_pipe(self, typed: str) -> str:
        """All that a pipe gets back."""
        target = io.StringIO()
        with asyncio.Runner() as runner:
            chat_through_pipe(self.conversation, self.language, io.StringIO(typed), target, nowhere, runner)
        return target.getvalue()


AHEAD = datetime(2030, 4, 6, 12, tzinfo=TOKYO)


def test_clock_alone_says_the_time_with_weekday_and_zone(tmp_path: Path) -> None:
    assert Chat(tmp_path, AHEAD).says("/clock") == ["このチャットの現在時刻は 2030/4/6(土) 12:00 JST です。"]
    assert Chat(tmp_path, AHEAD, "en").says("clock") == ["The time of this chat is Sat, 6 Apr 2030, 12:00 JST."]


@pytest.mark.parametrize(
    ("typed", "now"),
    [
        ("/clock 2030-04-24 12:00", "2030/4/24(水) 12:00 JST"),
        ("/時計 ２０３０/４/２４", "2030/4/24(水) 00:00 JST"),
        ("／clock ＋１ｄ", "2030/4/7(日) 12:00 JST"),
        ("clock -2w", "2030/3/23(土) 12:00 JST"),
        ("/CLOCK +30m", "2030/4/6(土) 12:30 JST"),
    ],
)
def test_the_clock_moves(typed: str, now: str, tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD)
    assert chat.says(typed) == [f"このチャットの時刻を {now} に合わせました。"]
    assert chat.conversation.present == now


def test_answers_follow_the_clock(tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD, "en")
    assert any("Register by" in line for line in chat.says("/next"))
    chat.says("/clock 2030-04-24 12:00")
    assert any("Registration is closed." in line for line in chat.says("/next"))


@pytest.mark.parametrize("typed", ["/clock tomorrow", "/clock 2030-02-30", "/clock +1y"])
def test_a_time_that_is_none_is_told_with_an_example(typed: str, tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD, "en")
    (line,) = chat.says(typed)
    assert typed.removeprefix("/clock ") in line
    assert "/clock 2024-04-06 12:00" in line
    assert chat.says("/clock") == ["The time of this chat is Sat, 6 Apr 2030, 12:00 JST."]


def test_a_time_out_of_range_names_the_range(tmp_path: Path) -> None:
    assert Chat(tmp_path, AHEAD, "en").says("/clock 9999-12-31") == ["Choose a time in the years 1970 to 2999."]


def test_a_number_answers_the_last_choice_and_beyond_it_means_the_lecture(tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD, "en")
    assert chat.says("8")[0] == "Lecture 8 is over."
    assert chat.says("/lectures all")[-1] == "Type a number from 1 to 3 to choose."
    assert chat.says("１")[0] == "Lecture 8 is over."
    assert "lecture 9" in chat.says("2")[0]
    assert "lecture 10" in chat.says("10")[0]
    assert chat.says("99999999999999999999")


def test_a_calendar_is_put_into_the_data_folder(tmp_path: Path) -> None:
    path = tmp_path / "calendar" / "lecture-9.ics"
    assert f"Saved as {path}" in Chat(tmp_path, AHEAD, "en").says("/calendar 9")
    assert path.read_bytes() == b"BEGIN:VCALENDAR"


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "calendar").write_text("in the way")
    folder = tmp_path / "calendar"
    (line,) = Chat(tmp_path, AHEAD, "en").says("/calendar 9")
    assert line == f"The file could not be saved: {folder} is not writable."


def test_a_file_broken_by_an_edit_is_told_once(tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD, "en")
    chat.problems = ["lectures.yaml:3: series.name: Something is wrong."]
    assert chat.says("/next")[-2:] == [
        "The schedule's file has mistakes, so an earlier version is in service.",
        "lectures.yaml:3: series.name: Something is wrong.",
    ]
    assert "lectures.yaml:3: series.name: Something is wrong." not in chat.says("/next")


def test_help_names_what_only_the_chat_has(tmp_path: Path) -> None:
    lines = Chat(tmp_path, AHEAD, "en").says("/help")
    assert "In this chat only" in lines
    assert any(line.lstrip().startswith("/clock") for line in lines)
    assert any(line.lstrip().startswith("/quit") for line in lines)
    assert "In this chat only" not in Chat(tmp_path, AHEAD, "en").says("/help lecture")


def test_control_characters_typed_or_pasted_are_not_repeated(tmp_path: Path) -> None:
    assert not any("\x1b" in line or "\u202e" in line for line in Chat(tmp_path, AHEAD).says("/find \x1b[31mx\u202e"))


@pytest.mark.parametrize(
    ("typed", "leaves"),
    [("/quit", True), ("quit", True), (" ／ＱＵＩＴ\n", True), ("/終了", True), ("/quit now", False), ("", False)],
)
def test_leaving(typed: str, leaves: bool) -> None:
    assert is_farewell(typed) is leaves


def test_a_pipe_is_answered_line_by_line_until_quit(tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD, "en")
    assert chat.through_pipe("\n/clock\n  \nclock +1d\n/quit\n/clock\n") == (
        "Lectures on Moon and Stars\n"
        "\n/help lists the commands, /quit ends the chat, Tab completes.\n"
        "\n> /clock\n\nThe time of this chat is Sat, 6 Apr 2030, 12:00 JST.\n"
        "\n> clock +1d\n\nThe time of this chat is now Sun, 7 Apr 2030, 12:00 JST.\n"
    )


def test_with_nothing_ahead_the_first_lines_offer_a_time_to_try(tmp_path: Path) -> None:
    after = datetime(2031, 1, 1, tzinfo=TOKYO)
    shown = Chat(tmp_path, after, "ja").through_pipe("")
    assert "予定表にこれからの講義はありません。" in shown
    assert shown.splitlines()[-1] == "  /clock 2030-04-06 12:00"


def test_the_time_to_try_lies_before_the_last_lecture_with_a_form_else_before_the_last() -> None:
    after = datetime(2031, 1, 1, tzinfo=TOKYO)
    assert time_to_try(SERIES, after) == datetime(2030, 4, 6, 12, tzinfo=TOKYO)
    assert time_to_try(series_of(dated(1, "2030-05-20")), after) == datetime(2030, 5, 1, 12, tzinfo=TOKYO)
    assert time_to_try(series_of(), after) is None
    assert time_to_try(SERIES, AHEAD) is None


def completions(chat: Chat, typed: str) -> list[str]:
    """What Tab offers after that text, as the text it would put in."""
    found = LineCompleter(chat.router, chat.language).get_completions(Document(typed), CompleteEvent())
    return [typed[: len(typed) + each.start_position] + each.text for each in found]


def test_tab_completes_commands_in_both_languages(tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD)
    assert completions(chat, "/ne") == ["/next"]
    assert completions(chat, "ne") == ["/next"]
    assert completions(chat, "/時") == ["/時計"]
    assert completions(chat, "/終") == ["/終了"]
    assert "/calendar" in completions(chat, "/")


def test_tab_completes_lectures_and_the_values_of_a_parameter(tmp_path: Path) -> None:
    chat = Chat(tmp_path, AHEAD)
    assert completions(chat, "/lecture 9") == ["/lecture 9"]
    assert completions(chat, "/lecture ")[:1] == ["/lecture 9"]
    assert completions(chat, "/lectures u") == ["/lectures upcoming"]
    assert completions(chat, "/lectures ") == ["/lectures upcoming", "/lectures past", "/lectures all"]
    assert completions(chat, "/nothing ") == []
    assert completions(chat, "/next ") == []
    assert completions(chat, "/notify 9 o") == ["/notify 9 on", "/notify 9 off"]
    assert completions(chat, "/follow deadlines,ma") == ["/follow deadlines,materials"]
