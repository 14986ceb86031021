"""The chat in the terminal, which needs no other platform."""

import asyncio
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO

from bot.announcements.poster import Poster
from bot.app.ask import calendar_file
from bot.clock import Clock, SimulatedClock
from bot.commands.access import Access
from bot.commands.context import CommandServices, Reply, ReplyStatus
from bot.commands.parser import Request, Role, parse
from bot.commands.registry import CONFIRM
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.subscriptions import Follower
from bot.i18n import phrases
from bot.options import Options
from bot.schedule.reader import written

if TYPE_CHECKING:
    from bot.app.simulation import SimulatedBot
    from bot.platforms.terminal.channel import Channel, Shown
    from bot.platforms.terminal.conversation import Conversation
    from bot.schedule.service import Schedule


_AT_ONCE: Final = datetime.min.replace(tzinfo=UTC)


class Timeline:
    """Has posted what falls due as the chat's time goes on; nothing of it is kept beyond the chat.

    `schedule` is the one in service, `clock` is the chat's, `followers` are those at its start. The announcer has a
    clock of its own, `reached`, which stands still while it works: posts are made at the moments at which they are due,
    however fast the chat's clock runs on meanwhile. The database is made when it is first needed: many a chat asks a
    few questions and ends.
    """

    def __init__(
        self,
        schedule: "Schedule",
        clock: Clock,
        reached: SimulatedClock,
        followers: Sequence[Follower],
        posters: Mapping[str, Poster],
        access: Access,
    ) -> None:
        self._schedule: Final = schedule
        self._clock: Final = clock
        self._followers = followers
        self._posters: Final = posters
        self._access: Final = access
        self._accepted = schedule.reading
        self._reached: Final = reached
        self._idle_until = _AT_ONCE
        self._idle_since: int = 0
        self._busy: Final = asyncio.Lock()
        self._opened: Final = AsyncExitStack()
        self._simulation: SimulatedBot | None = None

    def services(self) -> CommandServices | None:
        """What commands that act need; there once `catch_up` has had something to do, until the time is moved back."""
        return self._simulation.services.commands if self._simulation else None

    async def catch_up(self) -> None:
        """Has everything posted that falls due until the chat's present, and what comes of edits of the schedule."""
        async with self._busy:
            now = self._clock.now()
            if now < self._reached.now():
                await self._begin_anew(now)
                return
            if now < self._idle_until and not self._is_woken:
                self._reached.move_to(now)
                return
            simulation = self._simulation or await self._open()
            await simulation.advance(now)
            if self._schedule.reading is not self._accepted:
                self._accepted = self._schedule.reading
                await simulation.services.versions.take_in()
                await simulation.advance(now)
            self._idle_until = (await simulation.dispatcher.next_wake()).at or datetime.max.replace(tzinfo=UTC)
            self._idle_since = simulation.services.wakeup.count

    async def close(self) -> None:
        """Forgets everything."""
        self._simulation = None
        await self._opened.aclose()

    @property
    def _is_woken(self) -> bool:
        """Whether something was changed since all that was due was done."""
        woken = self._simulation is not None and self._simulation.services.wakeup.count != self._idle_since
        return woken or self._schedule.reading is not self._accepted

    async def _open(self) -> "SimulatedBot":
        # With the database's libraries, which take a while.
        simulation = (await asyncio.to_thread(import_module, "bot.app.simulation")).simulation
        entered = simulation(
            self._schedule, self._reached, self._followers, self._posters, self._access, self._accepted
        )
        opened: SimulatedBot = await self._opened.enter_async_context(entered)
        self._simulation = opened
        self._accepted = self._schedule.reading
        await opened.services.versions.take_in()
        return opened

    async def _begin_anew(self, now: datetime) -> None:
        """Goes back to an earlier moment, from which on everything is told again to those who follow by now.

        The memory can't go along: it has told what is yet to come and would never tell it again, and it would have for
        news the difference to a schedule that it will only see later.
        """
        followers = await self._simulation.services.store.followers.followers() if self._simulation else self._followers
        self._followers = [replace(each, since=now) for each in followers]
        await self.close()
        self._accepted, self._idle_until = self._schedule.reading, _AT_ONCE
        self._reached.move_to(now)


def acted(options: Options, line: str, role: Role, *, confirmed: bool) -> Reply:
    """The answer to one command that acts; one that asks back is done at once if it is `confirmed`."""
    from bot.logs import no_logs

    with no_logs(), options.trial() as trial:  # the answer says what is to be said
        return asyncio.run(_acted(trial, line, role, confirmed=confirmed))


async def _acted(options: Options, line: str, role: Role, *, confirmed: bool) -> Reply:
    """What the chat would answer to a command that acts: edits are in the schedule's file, nothing else is kept."""
    from bot.platforms.terminal.channel import user
    from bot.schedule.service import Schedule

    schedule = await asyncio.to_thread(Schedule, options.file)
    clock = SimulatedClock(options.present(schedule.series.timezone), speed=0.0)
    timeline, _ = _announced(schedule, clock, options.language, role)
    router = CommandRouter(lambda: schedule.series, clock.now, calendar_file, timeline.services)
    try:
        await timeline.catch_up()
        reply = await router.execute(Request(line, options.language, role, user(role, options.language)))
        asked = next((action.line for action in reply.actions if _confirms(action.line)), None)
        if confirmed and asked:
            done = await router.execute(Request(asked, options.language, role, user(role, options.language)))
            return replace(done, actions=())  # nobody is there to press, and the next question knows of no change
    finally:
        await timeline.close()
    if asked:
        return replace(reply, actions=(), note=phrases(options.language)("terminal.say_yes"))
    if reply.outcome is not ReplyStatus.DONE or _manages(line):
        return reply
    return replace(reply, note=phrases(options.language)("terminal.no_memory"))


def _confirms(line: str) -> bool:
    return parse(line).command == CONFIRM


def _manages(line: str) -> bool:
    return parse(line).spec.organizers


def _announced(schedule: "Schedule", clock: Clock, language: Language, role: Role) -> "tuple[Timeline, Channel]":
    """The announcer of the terminal, and its channel, which follows from now on."""
    from bot.platforms.terminal.channel import HERE, PLATFORM, YOU, Channel

    reached = SimulatedClock(clock.now(), speed=0.0)
    channel = Channel(lambda: schedule.series.local(reached.now()))
    access = Access(frozenset({YOU}) if role is Role.ORGANIZER else frozenset())
    followers = (Follower(HERE, clock.now(), language=language),)
    timeline = Timeline(schedule, clock, reached, followers, {PLATFORM: channel}, access)
    return timeline, channel


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
    from bot.platforms.terminal.chat import chat_through_pipe
    from bot.schedule.service import Schedule

    schedule = Schedule(options.file)
    conversation, _, timeline = _conversation(options, role, schedule)
    with asyncio.Runner() as runner:
        try:
            chat_through_pipe(conversation, options.language, source, target, schedule.look, runner)
        finally:
            runner.run(timeline.close())


async def _talk_on_terminal(options: Options, role: Role) -> None:
    from bot.platforms.terminal.chat import LineCompleter, chat_on_terminal
    from bot.schedule.service import Schedule

    schedule = Schedule(options.file)
    conversation, router, timeline = _conversation(options, role, schedule)
    watching = asyncio.create_task(schedule.watch())
    completer = LineCompleter(router, options.language)
    try:
        await chat_on_terminal(conversation, options.language, completer, options.data / "chat-history")
    finally:
        watching.cancel()
        await asyncio.wait([watching])
        await timeline.close()


def _conversation(options: Options, role: Role, schedule: "Schedule") -> "tuple[Conversation, CommandRouter, Timeline]":
    """A chat about that schedule, from the time on that the options give."""
    from bot.platforms.terminal.conversation import Conversation

    clock = options.movable_clock(schedule.series.timezone)
    timeline, channel = _announced(schedule, clock, options.language, role)
    router = CommandRouter(lambda: schedule.series, clock.now, calendar_file, timeline.services)

    def problems() -> list[str]:
        return [written(each, options.language) for each in schedule.problems]

    async def posts() -> "Sequence[Shown]":
        await timeline.catch_up()
        return channel.taken()

    conversation = Conversation(
        router, lambda: schedule.series, problems, posts, clock, options.language, role, options.calendars
    )
    return conversation, router, timeline
