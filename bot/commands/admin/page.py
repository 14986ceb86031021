"""`/admin sync`: the organizers' page beside the schedule, and what becomes of what it has otherwise."""

from collections.abc import Iterator
from typing import Final

from bot.commands.context import Act, Management, Reply, ReplyStatus
from bot.domain.message import Action, Part, Section
from bot.schedule.editor import Author, EditRefused, Outdated
from bot.sources.page.sync import PageChanged, PageState, PageSync, PageUnreadable

_APPLY: Final = "apply"
_QUIETLY: Final = "quietly"
_ALL: Final = "all"
_IGNORE: Final = "ignore"
_MOST: Final = 12
"""Lines of a kind that are shown; of more of them only the number is told."""


async def sync(act: Act, management: Management) -> Reply:
    """Fetches and compares; or, by a button, takes over or leaves alone what was asked about."""
    page, say = management.page, act.question.say
    if page is None:
        return Reply(say("managing.unavailable"), outcome=ReplyStatus.REFUSED)
    verb, _, token = act.question.invocation.argument.partition(" ")
    try:
        if verb == _IGNORE:
            await page.ignore(token, act.question.language)
            return Reply(say("sync.ignored"))
        if verb in (_APPLY, _QUIETLY, _ALL):
            return await _taken_over(act, page, verb, token)
        return _shown(act, await page.compared(act.question.language))
    except PageUnreadable as unreadable:
        return Reply(say("sync.unreadable", reason=unreadable.sentence), outcome=ReplyStatus.NOT_FOUND)
    except PageChanged as changed:
        return _shown(act, changed.state, say("sync.changed"))


async def _taken_over(act: Act, page: PageSync, verb: str, token: str) -> Reply:
    say = act.question.say
    author = Author(act.asker.person, act.asker.name, act.asker.channel)
    quietly = verb == _QUIETLY
    try:
        taken = await page.take_over(token, author, act.question.language, quietly=quietly, conflicts=verb == _ALL)
    except EditRefused as refused:
        why = tuple((sentence,) for sentence in refused.sentences)
        return Reply(
            say("managing.refused"),
            (Section(say("managing.problems"), why, bulleted=True),),
            outcome=ReplyStatus.REFUSED,
        )
    except Outdated:
        return _shown(act, await page.compared(act.question.language), say("sync.changed"))
    return Reply(
        say("managing.done_quietly" if quietly else "managing.done"),
        tuple(_sections(act, PageState("", taken))),
        actions=(Action(say("action.undo"), "admin undo"),),
    )


def _shown(act: Act, state: PageState, headline: str | None = None) -> Reply:
    say = act.question.say
    count = len(state.differences) + len(state.conflicts)
    if headline is None:
        headline = say("sync.differs", count=count) if count else say("sync.same")
    return Reply(headline, tuple(_sections(act, state)), actions=tuple(_actions(act, state)))


def _sections(act: Act, state: PageState) -> Iterator[Part]:
    say = act.question.say
    for name, lines in (
        ("sync.taken", state.taken),
        ("sync.differences", state.differences),
        ("sync.conflicts", state.conflicts),
        ("sync.warnings", state.warnings),
    ):
        shown = [*lines[:_MOST], *([say("sync.more", count=len(lines) - _MOST)] if len(lines) > _MOST else [])]
        if shown:
            yield Section(say(name), tuple((line,) for line in shown), bulleted=True)


def _actions(act: Act, state: PageState) -> Iterator[Action]:
    say = act.question.say
    if state.differences:
        yield Action(say("action.sync_apply"), f"admin sync {_APPLY} {state.token}")
        yield Action(say("action.sync_quietly"), f"admin sync {_QUIETLY} {state.token}")
    if state.conflicts:
        yield Action(say("action.sync_all"), f"admin sync {_ALL} {state.token}")
    if state.differences:
        yield Action(say("action.sync_ignore"), f"admin sync {_IGNORE} {state.token}")
