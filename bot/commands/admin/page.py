"""`/admin sync`: compares the organizers' page with the schedule, and asks what of the differences to take over."""

from collections.abc import Iterator
from typing import Final

from bot.commands.admin.drafting import refused
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.domain.message import Action, Part, Section
from bot.schedule.draft import Author, EditRefusedError, OutdatedDraftError
from bot.sources.state import SourceChangedError, SourceState, SourceUnreadableError
from bot.sources.sync import SourceSync

_APPLY: Final = "apply"
_QUIETLY: Final = "quietly"
_ALL: Final = "all"
_IGNORE: Final = "ignore"
_MOST: Final = 12
"""Lines of a kind that are shown; of more of them only the number is told."""


def is_button(argument: str) -> bool:
    """Whether that is what a button under a comparison says after the command, which nobody types."""
    verb, _, token = argument.partition(" ")
    return verb in (_APPLY, _QUIETLY, _ALL, _IGNORE) and bool(token)


async def sync(context: ActionContext, admin: AdminServices) -> Reply:
    """Fetches and compares; or, by a button, takes over or leaves alone what was asked about."""
    page, say = admin.page, context.query.say
    if page is None:
        return Reply(say("managing.unavailable"), outcome=ReplyStatus.REFUSED)
    verb, _, token = context.query.invocation.argument.partition(" ")
    try:
        if verb == _IGNORE:
            await page.ignore(token, context.query.language)
            return Reply(say("sync.ignored"))
        if verb in (_APPLY, _QUIETLY, _ALL):
            return await _taken_over(context, page, verb, token)
        return _shown(context, await page.compared(context.query.language))
    except SourceUnreadableError as unreadable:
        return Reply(say("sync.unreadable", reason=unreadable.sentence), outcome=ReplyStatus.NOT_FOUND)
    except SourceChangedError as changed:
        return _shown(context, changed.state, say("sync.changed"))


async def _taken_over(context: ActionContext, page: SourceSync, verb: str, token: str) -> Reply:
    say = context.query.say
    author = Author(context.user.person, context.user.name, context.user.channel)
    quietly = verb == _QUIETLY
    try:
        taken = await page.take_over(token, author, context.query.language, quietly=quietly, conflicts=verb == _ALL)
    except EditRefusedError as why:
        return refused(why, context)
    except OutdatedDraftError:
        return _shown(context, await page.compared(context.query.language), say("sync.changed"))
    return Reply(
        say("managing.done_quietly" if quietly else "managing.done"),
        tuple(_sections(context, SourceState("", taken))),
        actions=(Action(say("action.undo"), "admin undo"),),
    )


def _shown(context: ActionContext, state: SourceState, headline: str | None = None) -> Reply:
    say = context.query.say
    count = len(state.differences) + len(state.conflicts)
    if headline is None:
        headline = say("sync.differs", count=count) if count else say("sync.same")
    return Reply(headline, tuple(_sections(context, state)), actions=tuple(_actions(context, state)))


def _sections(context: ActionContext, state: SourceState) -> Iterator[Part]:
    say = context.query.say
    for name, lines in (
        ("sync.taken", state.taken),
        ("sync.differences", state.differences),
        ("sync.conflicts", state.conflicts),
        ("sync.warnings", state.warnings),
    ):
        shown = [*lines[:_MOST], *([say("sync.more", count=len(lines) - _MOST)] if len(lines) > _MOST else [])]
        if shown:
            yield Section(say(name), tuple((line,) for line in shown), bulleted=True)


def _actions(context: ActionContext, state: SourceState) -> Iterator[Action]:
    say = context.query.say
    if state.differences:
        yield Action(say("action.sync_apply"), f"admin sync {_APPLY} {state.token}")
        yield Action(say("action.sync_quietly"), f"admin sync {_QUIETLY} {state.token}")
    if state.conflicts:
        yield Action(say("action.sync_all"), f"admin sync {_ALL} {state.token}")
    if state.differences:
        yield Action(say("action.sync_ignore"), f"admin sync {_IGNORE} {state.token}")
