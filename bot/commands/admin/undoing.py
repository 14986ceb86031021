"""`/admin undo`: takes back one change, which is named first, and never another one."""

from typing import Final

from bot.commands.admin.draft_view import shown
from bot.commands.admin.drafting import refused
from bot.commands.admin.drafts import Question
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.lectures import lecture_meant
from bot.domain.message import Action
from bot.domain.subscriptions import address
from bot.i18n import moment_written
from bot.i18n.excerpts import shortened
from bot.schedule.draft import Draft, EditRefusedError, NewerChangeError
from bot.schedule.revisions import Revision

_WHAT: Final = 80
"""Characters that are shown of what was done."""

_MOST_LOOKED_AT: Final = 40
"""Versions among which one's own latest is looked for."""


async def undo(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin undo [23]`: takes the latest change back, in the schedule and in what was posted; `of=7`, as buttons
    have it, takes back the change that made version 7, and no other one."""
    query, lecture = context.query, None
    if query.invocation.argument:
        meant = lecture_meant(query)
        if isinstance(meant, Reply):
            return meant
        lecture = meant.id
    of = query.invocation.settings.get("of", "")
    version = int(of) if of.isdecimal() else None
    try:
        draft = await admin.editor.undone(lecture, query.invocation.line, query.language, version)
    except EditRefusedError as why:
        return refused(why, context)
    except NewerChangeError as newer:
        return changed_since(newer.revision, context)
    if draft is None:
        return Reply(query.say("managing.nothing_to_undo"), outcome=ReplyStatus.NOT_FOUND)
    return await _asked(draft, context, admin)


def changed_since(newer: Revision, context: ActionContext) -> Reply:
    """That what should be taken back was changed again since then; the newer change can be taken back instead."""
    say = context.query.say
    instead = Action(say("action.undo_newer"), f"admin undo of={newer.id}")
    return Reply(_told("managing.changed_since", newer, context), actions=(instead,), outcome=ReplyStatus.REFUSED)


async def _asked(draft: Draft, context: ActionContext, admin: AdminServices) -> Reply:
    """The question, with whose change it is; of somebody else's, one's own can be chosen instead."""
    revision = await admin.revisions.revision(draft.undoes) if draft.undoes is not None else None
    if revision is None:
        return await shown(context, admin, Question(draft, context.query.say("managing.sure_undo_any")))
    others: tuple[Action, ...] = ()
    if revision.author != str(context.user.person):
        mine = await _own_latest(context, admin)
        label = context.query.say("action.undo_own")
        others = (Action(label, f"admin undo of={mine}"),) if mine is not None else ()
    return await shown(context, admin, Question(draft, _told("managing.sure_undo", revision, context), others))


async def _own_latest(context: ActionContext, admin: AdminServices) -> int | None:
    """The latest version that this person made, if nothing has changed its lectures since."""
    revisions = await admin.revisions.latest(_MOST_LOOKED_AT)
    undone = {each.undoes for each in revisions}
    seen: set[str] = set()
    for each in revisions:
        is_own = each.author == str(context.user.person)
        if is_own and each.undoes is None and each.id not in undone and each.lectures and not seen & {*each.lectures}:
            return each.id
        seen |= {*each.lectures}
    return None


def _told(name: str, revision: Revision, context: ActionContext) -> str:
    """A sentence about a change: when, by whom, and what was typed if that is known."""
    query = context.query
    when = moment_written(query.series.local(revision.created_at), query.language)
    who = revision.author_name or (revision.author if address(revision.author) else query.say("overview.by_hand"))
    what = shortened(f"/{revision.reason}" if revision.reason.startswith("admin ") else revision.reason, _WHAT)
    named = query.say("managing.change_typed", when=when, who=who, what=what) if what else ""
    return query.say(name, change=named or query.say("managing.change", when=when, who=who))
