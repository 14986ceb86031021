"""What becomes of a draft: its change is made, or it is dropped."""

from bot.commands.admin.announce import announce_now
from bot.commands.admin.draft_view import decided, shown, shown_if_any
from bot.commands.admin.drafting import refused
from bot.commands.admin.drafts import FreeText, Question
from bot.commands.admin.undoing import changed_since
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.domain.message import Action
from bot.schedule.draft import Author, EditRefusedError, NewerChangeError, OutdatedDraftError


async def confirm(context: ActionContext, admin: AdminServices) -> Reply:
    """Makes the change of a draft, if its preview still holds."""
    say, query = context.query.say, context.query
    taken = admin.drafts.take(query.invocation.argument, context.user.person, context.at)
    if taken is None:
        return Reply(say("managing.expired"), outcome=ReplyStatus.NOT_FOUND)
    if isinstance(taken, FreeText):
        return await announce_now(context, admin, taken)
    draft = taken.draft
    quietly = query.invocation.settings.get("how") == "quietly"
    author = Author(context.user.person, context.user.name, context.user.channel)
    preview = None if quietly else await admin.impact_preview.preview(draft)
    try:
        written = await admin.editor.write(draft, author, query.language, quietly=quietly)
    except OutdatedDraftError as outdated:
        return await shown_if_any(context, admin, Question(outdated.draft, say("managing.outdated")))
    except NewerChangeError as newer:
        return changed_since(newer.revision, context)
    except EditRefusedError as why:
        return refused(why, context)
    to_undo = () if draft.undoes is not None else (Action(say("action.undo"), f"admin undo of={written.id}"),)
    done = say("managing.done_quietly" if quietly else "managing.done")
    return Reply(done, decided(draft, preview, context), actions=to_undo)


async def posts(context: ActionContext, admin: AdminServices) -> Reply:
    """Asks about a draft again, with the posts that would follow in full."""
    question = admin.drafts.take(context.query.invocation.argument, context.user.person, context.at)
    if not isinstance(question, Question):
        return Reply(context.query.say("managing.expired"), outcome=ReplyStatus.NOT_FOUND)
    return await shown(context, admin, question, in_full=True)


async def discard(context: ActionContext, admin: AdminServices) -> Reply:
    """Drops a draft."""
    admin.drafts.take(context.query.invocation.argument, context.user.person, context.at)
    return Reply(context.query.say("managing.discarded"))
