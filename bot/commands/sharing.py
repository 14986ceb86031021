"""Answers that somebody showed to a whole channel. They are edited like posts when they are no longer true.

Kept are the answers of `next`, `lecture`, `register` and `lectures`, and that of `howto` with the form for all, as long
as a lecture that they were about is not over: these offer something that ends, a form or a date. Materials, abstracts,
help and calendars stay as they were.
"""

from collections.abc import Callable
from typing import Final

import structlog

from bot.announcements.ledger import Ledger, SentPost, marker_of
from bot.announcements.post import SharedAnswerSubject, keys
from bot.announcements.wordings import fingerprint
from bot.cards.view import View
from bot.commands.context import CalendarWriter, QueryContext, Reply
from bot.commands.handlers import handler
from bot.commands.parser import parse
from bot.commands.registration import lectures_to_register_for
from bot.domain.deadlines import open_for_all
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Message
from bot.domain.subscriptions import Address

_log: Final = structlog.get_logger(__name__)

_KEPT: Final = frozenset(("next", "lecture", "register", "lectures", "howto"))

_NAMED_BY: Final = {"next": "lecture", "register": "register"}
"""Commands that are about the lecture of the moment if none is named, and the command that names it."""


class SharedAnswers:
    """Takes in what was shown; `look_again` has it compared with what is true from then on."""

    def __init__(self, ledger: Ledger, look_again: Callable[[], None]) -> None:
        self._ledger: Final = ledger
        self._look_again: Final = look_again

    async def record(self, channel: Address, message_id: str, reply: Reply, view: View) -> None:
        """Keeps a message that shows the reply, if it offers something that ends.

        It raises nothing: an answer that can't be kept was given all the same.
        """
        try:
            lectures = lectures_kept(reply.line, view) if reply.line else ()
            if reply.line and lectures:
                subject = SharedAnswerSubject(reply.line, view.language, message_id, lectures, view.now)
                marker = marker_of(keys(subject), channel)
                await self._ledger.keep(SentPost(marker, channel, subject, message_id, fingerprint(reply), view.now))
                self._look_again()
        except Exception as error:
            _log.warning("shared.not_kept", channel=str(channel), line=reply.line, problem=repr(error))


def lectures_kept(line: str, view: View) -> tuple[str, ...]:
    """The lectures, not over, because of which the answer to a line is kept; none if it is not kept."""
    if parse(line).command not in _KEPT or "part" in parse(line).settings:
        return ()
    return tuple(each.id for each in _shown(line, view) if each.phase(view.now) is not Phase.OVER)


def answered(subject: SharedAnswerSubject, view: View, calendar: CalendarWriter) -> Message:
    """The answer as it is right at `view.now`.

    It stays about the lecture that it showed: `next` and `register` mean another one some day.
    """
    invocation = parse(subject.line)
    name = None if invocation.argument else _NAMED_BY.get(invocation.command)
    if name and len(subject.lectures) == 1 and lectures_kept(subject.line, view) != subject.lectures:
        invocation = parse(f"{name} {subject.lectures[0]}")
    return handler(invocation.command)(QueryContext(view.series, view.now, view.language, invocation, calendar))


def _shown(line: str, view: View) -> list[Lecture]:
    """The lectures that the answer to a kept line is about; for a list, all that are ahead."""
    invocation, series = parse(line), view.series
    named = series.lecture(invocation.argument)
    if named and invocation.command in ("lecture", "register"):
        return [named]
    if invocation.command == "next" and not invocation.argument:
        following = series.current_or_next(view.now)
        return [following] if following else []
    if invocation.command == "howto":
        return open_for_all(series, view.now)
    if invocation.command == "register":
        return lectures_to_register_for(view)
    return series.upcoming(view.now)
