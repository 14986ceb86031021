"""What needs no platform but the terminal: one question, a chat, a look at the schedule's file.

Scripts ask one question after the other, so what a single question doesn't need is not loaded for it.
"""

import asyncio
import logging
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.catalog.problems import Problem
from bot.catalog.reading import read_file
from bot.catalog.wording import written
from bot.commands.desk import Desk
from bot.commands.replies import Reply
from bot.commands.requests import Request, Role
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.options import Options


def problem_lines(problems: Iterable[Problem], language: Language) -> list[str]:
    """The faults of a schedule file, one a line."""
    return [written(problem, language) for problem in problems]


def series(path: Path) -> Series:
    """The schedule in that file. Raises InvalidSchedule."""
    return read_file(path).series


def answer(options: Options, line: str, role: Role) -> Reply:
    """The answer to one command line; the clock stands still at the present meanwhile."""
    read = series(options.file)
    now = options.present(read.timezone)
    return Desk(lambda: read, lambda: now, _calendar).answer(Request(line, options.language, role))


def _calendar(series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
    from bot.catalog.ics import calendar

    return calendar(series, lectures, language, now)


def show(options: Options, reply: Reply) -> bool:
    """Prints an answer on stdout and saves the file that comes with it; returns whether that could be done."""
    from bot.platforms.terminal.conversation import not_saved
    from bot.platforms.terminal.rendering import rendered
    from bot.platforms.terminal.screen import Screen, saved

    screen = Screen(sys.stdout)
    layout = screen.layout(options.language)
    try:
        file = str(saved(reply.file, options.calendars)) if reply.file else None
    except OSError:
        screen.show(rendered(not_saved(options.calendars, options.language), layout))
        return False
    screen.show(rendered(reply, layout, file))
    return True


def chat(options: Options, role: Role) -> None:
    """Talks with whoever sits at the terminal, or with what comes through a pipe."""
    from bot.catalog.ics import calendar
    from bot.catalog.service import Schedule
    from bot.logs import set_up_logs
    from bot.platforms.terminal.chat import chat_on_terminal, chat_through_pipe
    from bot.platforms.terminal.completion import LineCompleter
    from bot.platforms.terminal.conversation import Conversation

    set_up_logs("text", ())
    logging.disable(logging.CRITICAL)  # the chat itself says what is wrong with the schedule
    schedule = Schedule(options.file)
    clock = options.movable_clock(schedule.series.timezone)
    desk = Desk(lambda: schedule.series, clock.now, calendar)

    def problems() -> list[str]:
        return problem_lines(schedule.problems, options.language)

    conversation = Conversation(
        desk, lambda: schedule.series, problems, clock, options.language, role, options.calendars
    )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        chat_through_pipe(conversation, options.language, sys.stdin, sys.stdout)
        return

    async def talk() -> None:
        watching = asyncio.create_task(schedule.watch())
        completer = LineCompleter(desk, options.language)
        try:
            await chat_on_terminal(conversation, options.language, completer, options.data / "chat-history")
        finally:
            watching.cancel()
            await asyncio.wait([watching])

    asyncio.run(talk())
