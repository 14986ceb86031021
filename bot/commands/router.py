"""Routes each command line to its handler, and caches answers for as long as they hold.

What reads plain sentences and completes what is typed is loaded when that is asked for, as the handlers are.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.cards.view import View
from bot.commands.context import ActionContext, CalendarWriter, CommandServices, QueryContext, Reply, ReplyStatus
from bot.commands.guide import misunderstood, too_long, unused
from bot.commands.handlers import action_handler, handler
from bot.commands.parser import Invocation, Request, Role, UnknownCommandError, acts, parse
from bot.commands.registry import MAX_TEXT, MAX_WORDS, Parameter
from bot.commands.stop_words import is_empty
from bot.domain.errors import LedgerUnavailableError
from bot.domain.language import Language
from bot.domain.message import Option
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.domain.text import visible

_MOST_PREPARED = 2048


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An answer and the stretch of time during which the schedule gives no other."""

    reply: Reply
    since: datetime
    until: datetime


class CommandRouter:
    """Answers requests from the schedule in service.

    `series` returns that schedule, `now` the aware present, `services` what is needed to change anything, if it is
    there; `feed` is the address of the calendar to follow, where there is one that people can reach. Answering neither
    waits nor reads anything. An answer is kept and given again until the schedule, the day or some lecture's state
    changes; so equal questions get the identical Reply object, which platforms may use to keep what they made of it.
    """

    def __init__(
        self,
        series: Callable[[], Series],
        now: Callable[[], datetime],
        calendar: CalendarWriter,
        services: Callable[[], CommandServices | None] = lambda: None,
        feed: str | None = None,
    ) -> None:
        self._series: Final = series
        self._now: Final = now
        self._calendar: Final = calendar
        self._services: Final = services
        self._feed: Final = feed
        self._prepared: OrderedDict[tuple[str, Language, Role], _Prepared] = OrderedDict()
        self._prepared_from: Series | None = None

    @property
    def series(self) -> Series:
        """The schedule in service."""
        return self._series()

    @property
    def public_language(self) -> Language:
        """The language of the series."""
        return self._series().language

    def language_for(self, locale: str | None) -> Language:
        """The language of answers that only a reader with this locale sees; None if it is not known."""
        return self._series().language_for(locale)

    @property
    def present(self) -> datetime:
        """The present, in the series' zone."""
        return self._series().local(self._now())

    def answer(self, request: Request) -> Reply:
        """The answer to a request; a request that can't be understood gets one that says so."""
        series, now = self._series(), self._now()
        if series is not self._prepared_from:
            self._prepared.clear()
            self._prepared_from = series
        key = (request.line, request.language, request.role)
        prepared = self._prepared.get(key)
        if prepared and prepared.since <= now < prepared.until:
            self._prepared.move_to_end(key)
            return prepared.reply
        reply = self._made(request, series, now)
        self._prepared[key] = _Prepared(reply, now, series.next_change(now))
        if len(self._prepared) > _MOST_PREPARED:
            self._prepared.popitem(last=False)
        return reply

    def forget(self) -> None:
        """Drops all prepared answers, as the history that calendar files contain has changed."""
        self._prepared.clear()

    def acts(self, line: str) -> bool:
        """Whether the line's command changes something, so that `execute` is to be asked."""
        return acts(line)

    async def execute(self, request: Request) -> Reply:
        """Does what a command line asks for, and says what was done, or why it could not be done."""
        if not request.user or not self.acts(request.line):
            return self.answer(request)
        series, invocation = self._series(), parse(request.line)
        values = {name: visible(text) for name, text in request.values.items()}
        if max(map(len, (invocation.argument, *values.values()))) > MAX_TEXT:
            return too_long(request.language, MAX_TEXT)
        query = self._query(invocation, request, series, self._now())
        services = self._services()
        try:
            if services:
                return await action_handler(invocation.command)(ActionContext(query, request.user, services, values))
        except LedgerUnavailableError:
            pass
        return Reply(query.say("command.unavailable"), outcome=ReplyStatus.REFUSED)

    async def language_in(self, channel: Address) -> Language:
        """The language of answers that this whole channel sees: the one in which it follows, else the series'."""
        services = self._services()
        try:
            follower = await services.followers.follower(channel) if services else None
        except LedgerUnavailableError:
            follower = None
        return (follower and follower.language) or self.public_language

    async def record_shared(self, channel: Address, message_id: str, reply: Reply, language: Language) -> None:
        """Records an answer that was shown to a whole channel, so that it is edited when it is no longer true."""
        services = self._services()
        if services and services.shared:
            view = View(self._series(), self.present, language)
            await services.shared.record(channel, message_id, reply, view)

    async def channels_gone(self, names: Mapping[Address, str]) -> None:
        """Takes note of channels, with what they were called, that a platform says are gone for good."""
        services = self._services()
        if services and services.departures:
            await services.departures.gone(names)

    async def channels_closed(self, names: Mapping[Address, str], *, archived: bool) -> None:
        """Takes note of channels, with what they are called, in which the bot can't speak until somebody lets it."""
        services = self._services()
        if services and services.departures:
            await services.departures.closed(names, archived=archived)

    async def channel_back(self, channel: Address) -> None:
        """Takes note of a channel in which the bot can speak again: what is held for it goes out."""
        services = self._services()
        if services and services.departures:
            await services.departures.back(channel)

    async def group_gone(self, group: Address, name: str) -> None:
        """Takes note of a role or user group, with what it was called, that was deleted."""
        services = self._services()
        if services and services.departures:
            await services.departures.group_gone(group, name)

    async def joined(self, platform: str, communities: list[Address]) -> None:
        """Takes note of all servers or workspaces that the bot is in, in the order in which it joined them."""
        services = self._services()
        if services:
            await services.access.homes.joined(platform, communities, self._now())

    def suggestions(self, typed: str, language: Language, most: int) -> tuple[Option, ...]:
        """Lectures that `typed` may become, best first; each option's `line` is the value to fill in."""
        from bot.commands.suggestions import suggestions

        return suggestions(self._series(), self._now(), typed, language, most)

    def completions(
        self, parameter: Parameter, typed: str, filled: Mapping[str, str], language: Language, most: int
    ) -> tuple[Option, ...]:
        """What `typed` may become as a value of a parameter, where the others say `filled`; best first."""
        from bot.commands.completion import completions

        return completions(parameter, typed, filled, View(self._series(), self.present, language), most)

    def _made(self, request: Request, series: Series, now: datetime) -> Reply:
        """The answer to the line as a command or, where that comes to nothing, as a plain sentence."""
        try:
            invocation = parse(request.line)
        except UnknownCommandError as unknown:
            slash = request.line.lstrip().startswith(("/", "／"))
            slip = unknown.typed if slash or unknown.nearest else None
            is_verb = " " in unknown.typed
            said = None if is_verb else self._as_sentence(request.line, "", request, series, now, slip)
            return said or misunderstood(unknown, View(series, series.local(now), request.language), slash=slash)
        reply = self._answered(invocation, request, series, now)
        if reply.outcome is ReplyStatus.DONE or reply.choice or invocation.spec.acts:
            return reply
        said = self._as_sentence(invocation.argument, invocation.command, request, series, now)
        return said if said and (said.outcome is ReplyStatus.DONE or said.parts or said.choice) else reply

    def _as_sentence(
        self, text: str, command: str, request: Request, series: Series, now: datetime, slip: str | None = None
    ) -> Reply | None:
        """The answer to a plain sentence, or to one behind a command; None if nothing of it is understood.

        `slip` is its first word where that may be a command in other spelling, so that it is no sentence.
        """
        from bot.commands.questions import answer_to, searched
        from bot.commands.sentences import question

        asked = question(series, text, now, command) if len(text) <= MAX_WORDS else None
        if not asked or slip in asked.parts.unknown:
            return None
        query = self._query(Invocation(command or "lecture", text), request, series, now)
        if command and asked.command == command and asked.parts.unknown and not asked.parts.which:
            return searched(asked, query)
        return answer_to(asked, text, query, lambda line: self._answered(parse(line), request, series, now))

    def _query(self, invocation: Invocation, request: Request, series: Series, now: datetime) -> QueryContext:
        return QueryContext(series, series.local(now), request.language, invocation, self._calendar, self._feed)

    def _answered(self, invocation: Invocation, request: Request, series: Series, now: datetime) -> Reply:
        if len(invocation.argument) > MAX_WORDS:
            return too_long(request.language, MAX_WORDS)
        query = self._query(invocation, request, series, now)
        reply = handler(invocation.command)(query)
        takes_nothing = not invocation.spec.parameters and not invocation.spec.acts
        return unused(reply, query) if takes_nothing and _asks_more(invocation) else reply


def _asks_more(invocation: Invocation) -> bool:
    """Whether somebody typed something behind the command that its name doesn't say already."""
    if is_empty(invocation.argument):
        return False
    from bot.commands.sentences import asks_only_for

    return not asks_only_for(invocation.command, invocation.argument)
