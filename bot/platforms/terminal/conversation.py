"""One person's conversation with the bot: what is typed, what is answered, and its own time."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from rich.text import Text as Line

from bot.clock import FIRST_YEAR, LAST_YEAR, NoMomentError, OutOfRangeError, SimulatedClock, moved
from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Invocation, Request, Role, UnknownCommandError, parse
from bot.commands.router import CommandRouter
from bot.commands.sentences import is_thanks
from bot.domain.language import LANGUAGES, Language
from bot.domain.message import Action, Choice, Entry, Listing, When
from bot.domain.series import Series
from bot.domain.text import folded
from bot.i18n import phrases, written
from bot.platforms.terminal.answer_keys import action_meant, answer_keys, is_refusal
from bot.platforms.terminal.channel import Shown, post_lines, user
from bot.platforms.terminal.rendering import Layout, literal, rendered
from bot.platforms.terminal.screen import saved

_DAYS_BEFORE = 19
"""How long before a lecture its registration is open, its room known and much else still to come."""


class Conversation:
    """A chat in one language.

    `series` returns the schedule in service, `problems` what is wrong with its file as it is now, `posts` what has been
    posted up to the clock's present since it was last asked, and `files` is where calendars are put.
    """

    def __init__(
        self,
        router: CommandRouter,
        series: Callable[[], Series],
        problems: Callable[[], list[str]],
        posts: Callable[[], Awaitable[Sequence[Shown]]],
        clock: SimulatedClock,
        language: Language,
        role: Role,
        files: Path,
    ) -> None:
        self._router: Final = router
        self._series: Final = series
        self._problems: Final = problems
        self._posts: Final = posts
        self._told: list[str] = []
        self._clock: Final = clock
        self._language: Final = language
        self._role: Final = role
        self._files: Final = files
        self._choice: Choice | None = None
        self._keys: dict[str, Action] = {}
        self.time_was_moved = False

    def greeting(self, layout: Layout) -> list[Line]:
        """The first lines; with nothing ahead they offer to try the schedule at its own time."""
        series = self._series()
        say = phrases(self._language, series.called)
        welcome = Reply(say("terminal.welcome", name=series.name.into(self._language)), note=say("terminal.keys"))
        lines = rendered(welcome, layout)
        example = time_to_try(series, self._clock.now())
        if example:
            offer = Reply(say("terminal.nothing_ahead"))
            lines += [Line(), *(Line(line.plain) for line in rendered(offer, layout))]
            lines.append(Line(f"  /clock {example:%Y-%m-%d %H:%M}", style="cyan"))
        return lines

    @property
    def present(self) -> str:
        """The chat's time, in words."""
        return written(When(self._series().local(self._clock.now())), self._language)

    async def answer(self, typed: str, layout: Layout) -> list[Line]:
        """The lines that answer what was typed, below the posts that it brings about; none for thanks."""
        line = self._chosen(literal(typed).strip())
        if not line or is_thanks(line):
            return []
        if self._keys and is_refusal(line):
            self._keys = {}
            return rendered(Reply(phrases(self._language)("managing.discarded")), layout)
        invocation = _understood(line)
        if invocation and invocation.command == "clock":
            return await self._clock_answer(invocation.argument, layout)
        request = Request(line, self._language, self._role, user(self._role, self._language))
        shown: list[Shown] = []
        if self._router.acts(line):
            shown += await self._posts()
            reply = await self._router.execute(request)
            shown += await self._posts()
        else:
            reply = self._router.answer(request)
        if reply.choice:
            self._choice = reply.choice
        self._keys = answer_keys(reply)
        if invocation and invocation.command == "help" and not invocation.argument:
            reply = replace(reply, parts=(*reply.parts, self._own_commands()))
        return [*_above(post_lines(shown, layout)), *self._with_file(reply, layout), *self._new_problems(layout)]

    async def posted(self, layout: Layout) -> list[Line]:
        """The lines of what has been posted of itself since somebody last looked."""
        return post_lines(await self._posts(), layout)

    def _new_problems(self, layout: Layout) -> list[Line]:
        """What is wrong with the schedule's file, once after each edit that broke it."""
        problems, told = self._problems(), self._told
        self._told = problems
        if not problems or problems == told:
            return []
        broken = Reply(phrases(self._language)("terminal.old_schedule"), outcome=ReplyStatus.REFUSED)
        return [Line(), *rendered(broken, layout), *(Line(literal(problem)) for problem in problems)]

    def _chosen(self, line: str) -> str:
        """The command line that answers the last question: by a key or label below it, or the number of an option.

        Another number means the lecture of that number.
        """
        action = action_meant(self._keys, line)
        if action:
            return action.line
        number = folded(line)
        if not number.isdecimal():
            return line
        options = self._choice.options if self._choice else ()
        position = int(number[:9])
        return options[position - 1].line if 1 <= position <= len(options) else f"lecture {number}"

    def _with_file(self, reply: Reply, layout: Layout) -> list[Line]:
        if not reply.file:
            return rendered(reply, layout)
        try:
            return rendered(reply, layout, str(saved(reply.file, self._files)))
        except OSError:
            return rendered(not_saved(self._files, self._language), layout)

    async def _clock_answer(self, argument: str, layout: Layout) -> list[Line]:
        say = phrases(self._language)
        if not argument:
            return rendered(Reply(say("terminal.clock.now", when=self.present)), layout)
        try:
            shown = await self._moved(argument)
        except NoMomentError:
            wrong = say("terminal.clock.wrong", typed=argument)
            return rendered(Reply(wrong, outcome=ReplyStatus.MISUNDERSTOOD), layout)
        except OutOfRangeError:
            beyond = say("terminal.clock.out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR))
            return rendered(Reply(beyond, outcome=ReplyStatus.MISUNDERSTOOD), layout)
        there = Reply(say("terminal.clock.moved", when=self.present))
        return [*_above(post_lines(shown, layout)), *rendered(there, layout), *self._new_problems(layout)]

    async def _moved(self, argument: str) -> list[Shown]:
        """Moves the clock; what falls due on the way. Raises NoMomentError or OutOfRangeError."""
        now = self._clock.now()
        target = moved(now, argument, self._series().timezone)
        shown = [*await self._posts()] if target >= now else []
        self._clock.move_to(target)
        self.time_was_moved = True
        return [*shown, *await self._posts()]

    def _own_commands(self) -> Listing:
        say = phrases(self._language)
        clock = Entry(say("usage.clock"), ((say("command.clock"),),))
        leave = Entry(f"/{say('terminal.quit.name')}", ((say("terminal.quit"),),))
        return Listing(say("terminal.own_commands"), (clock, leave))


def is_farewell(typed: str) -> bool:
    """Whether somebody wants to leave."""
    names = {phrases(language)("terminal.quit.name") for language in LANGUAGES}
    return folded(typed).lstrip("/") in {folded(name) for name in names}


def not_saved(folder: Path, language: Language) -> Reply:
    """Says that a file could not be written."""
    return Reply(phrases(language)("terminal.not_saved", folder=str(folder)), outcome=ReplyStatus.REFUSED)


def time_to_try(series: Series, now: datetime) -> datetime | None:
    """With nothing ahead, a moment at which there is much to see: before the last lecture that has a form."""
    if series.current_or_next(now):
        return None
    days: list[date] = [each.day for each in series.lectures if each.day and each.registration.url]
    days = days or [each.day for each in series.lectures if each.day]
    if not days:
        return None
    return datetime.combine(max(days) - timedelta(days=_DAYS_BEFORE), time(12), series.timezone)


def _above(posts: list[Line]) -> list[Line]:
    """The posts with a blank line between them and what follows; nothing where there are none."""
    return [*posts, Line()] if posts else []


def _understood(line: str) -> Invocation | None:
    try:
        return parse(line)
    except UnknownCommandError:
        return None
