"""What needs no platform but the terminal: one question, a chat, a look at the schedule's file.

Scripts ask one question after the other, so what a single question doesn't need is not loaded for it.
"""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.catalog.problems import Problem
from bot.catalog.reading import read_file
from bot.catalog.wording import written
from bot.clock import Clock, SimulatedClock
from bot.commands.access import Access
from bot.commands.desk import Desk
from bot.commands.registry import CONFIRM
from bot.commands.replies import Outcome, Reply
from bot.commands.requests import Request, Role, acts, parse
from bot.domain.audience import Follower
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.options import Options
from bot.phrases import phrases

if TYPE_CHECKING:
    from bot.catalog.service import Schedule
    from bot.platforms.terminal.channel import Channel, Shown
    from bot.platforms.terminal.conversation import Conversation
    from bot.timeline import Timeline


def problem_lines(problems: Iterable[Problem], language: Language) -> list[str]:
    """The faults of a schedule file, one a line."""
    return [written(problem, language) for problem in problems]


def series(path: Path) -> Series:
    """The schedule in that file. Raises InvalidSchedule."""
    return read_file(path).series


def answer(options: Options, line: str, role: Role, *, confirmed: bool = False) -> Reply:
    """The answer to one command line; the clock stands still at the present meanwhile.

    What asks back before it changes anything is done at once if it is `confirmed`.
    """
    if acts(line):
        from bot.logs import no_logs

        with no_logs():  # the answer says what is to be said
            return asyncio.run(_acted(options, line, role, confirmed=confirmed))
    read = series(options.file)
    now = options.present(read.timezone)
    return Desk(lambda: read, lambda: now, _calendar).answer(Request(line, options.language, role))


async def _acted(options: Options, line: str, role: Role, *, confirmed: bool) -> Reply:
    """What the chat would answer to a command that acts: edits are in the schedule's file, nothing else is kept."""
    from bot.catalog.service import Schedule
    from bot.platforms.terminal.channel import asker

    schedule = await asyncio.to_thread(Schedule, options.file)
    clock = SimulatedClock(options.present(schedule.series.timezone), speed=0.0)
    timeline, _ = _announced(schedule, clock, options.language, role)
    desk = Desk(lambda: schedule.series, clock.now, _calendar, lambda: timeline.office)
    try:
        await timeline.catch_up()
        reply = await desk.act(Request(line, options.language, role, asker(role)))
        asked = next((action.line for action in reply.actions if _confirms(action.line)), None)
        if confirmed and asked:
            return await desk.act(Request(asked, options.language, role, asker(role)))
    finally:
        await timeline.close()
    if asked:
        return replace(reply, actions=(), note=phrases(options.language)("terminal.say_yes"))
    if reply.outcome is not Outcome.DONE or _manages(line):
        return reply
    return replace(reply, note=phrases(options.language)("terminal.no_memory"))


def _confirms(line: str) -> bool:
    return parse(line).command == CONFIRM


def _manages(line: str) -> bool:
    return parse(line).spec.organizers


def _announced(schedule: "Schedule", clock: Clock, language: Language, role: Role) -> "tuple[Timeline, Channel]":
    """The announcer of the terminal, and its channel, which follows from now on."""
    from bot.platforms.terminal.channel import HERE, PLATFORM, YOU, Channel
    from bot.timeline import Timeline

    channel = Channel(lambda: schedule.series.local(timeline.present))
    access = Access(frozenset({YOU}) if role is Role.ORGANIZER else frozenset())
    timeline = Timeline(schedule, clock, (Follower(HERE, clock.now(), language=language),), {PLATFORM: channel}, access)
    return timeline, channel


def _calendar(series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
    from bot.calendars import Calendars

    return Calendars()(series, lectures, language, now)


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
    from bot.logs import no_logs

    with no_logs():  # the chat itself says what is wrong with the schedule
        if sys.stdin.isatty() and sys.stdout.isatty():
            asyncio.run(_talk_on_terminal(options, role))
        else:
            talk_through_pipe(options, role, sys.stdin, sys.stdout)


def talk_through_pipe(options: Options, role: Role, source: Iterable[str], target: TextIO) -> None:
    """The chat with lines of text. Raises InvalidSchedule and ConfigurationError."""
    from bot.catalog.service import Schedule
    from bot.platforms.terminal.chat import chat_through_pipe

    schedule = Schedule(options.file)
    conversation, _, timeline = _conversation(options, role, schedule)
    with asyncio.Runner() as runner:
        try:
            chat_through_pipe(conversation, options.language, source, target, schedule.look, runner)
        finally:
            runner.run(timeline.close())


async def _talk_on_terminal(options: Options, role: Role) -> None:
    from bot.catalog.service import Schedule
    from bot.platforms.terminal.chat import chat_on_terminal
    from bot.platforms.terminal.completion import LineCompleter

    schedule = Schedule(options.file)
    conversation, desk, timeline = _conversation(options, role, schedule)
    watching = asyncio.create_task(schedule.watch())
    completer = LineCompleter(desk, options.language)
    try:
        await chat_on_terminal(conversation, options.language, completer, options.data / "chat-history")
    finally:
        watching.cancel()
        await asyncio.wait([watching])
        await timeline.close()


def _conversation(options: Options, role: Role, schedule: "Schedule") -> "tuple[Conversation, Desk, Timeline]":
    """A chat about that schedule, from the time on that the options give."""
    from bot.platforms.terminal.conversation import Conversation

    clock = options.movable_clock(schedule.series.timezone)
    timeline, channel = _announced(schedule, clock, options.language, role)
    desk = Desk(lambda: schedule.series, clock.now, _calendar, lambda: timeline.office)

    def problems() -> list[str]:
        return problem_lines(schedule.problems, options.language)

    async def posts() -> "Sequence[Shown]":
        await timeline.catch_up()
        return channel.taken()

    conversation = Conversation(
        desk, lambda: schedule.series, problems, posts, clock, options.language, role, options.calendars
    )
    return conversation, desk, timeline
