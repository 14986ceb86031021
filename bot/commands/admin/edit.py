"""The verbs that change a lecture: each becomes a draft that is shown before anything is done."""

from dataclasses import replace
from typing import Final

from bot.cards.naming import reference
from bot.commands.admin.draft_view import shown
from bot.commands.admin.drafting import asked, drafted, reason, refused, unusable_text
from bot.commands.admin.drafts import Question
from bot.commands.admin.fields import (
    TYPED_FIELDS,
    VERBS,
    FieldError,
    field_edits,
    field_named,
    is_labelled,
    labelled_edits,
    lecture_date,
    on_date,
    own_date,
    taken_apart,
    with_lecture,
)
from bot.commands.admin.forms import edit_by_form, is_texts
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.examples import with_example
from bot.commands.lectures import lecture_meant
from bot.domain.edits import FieldEdit
from bot.domain.lecture import Field, Lecture, Phase, Status
from bot.domain.message import Action
from bot.domain.severity import is_history
from bot.schedule.draft import EditRefusedError

_STATUS: Final = ("status",)
_REASON: Final = ("reason",)


async def move(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin move 23 7/12 13:00-17:00 [venue: …]`: a date, and what else changes with it."""
    lecture, text = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    return await _dated(context, admin, lecture, text, ())


async def postpone(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin postpone 23 [why]`: without a new date; it keeps its number, its form and what is known of it.

    Refused for a lecture that is over.
    """
    return await _status(context, admin, Status.POSTPONED)


async def cancel(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin cancel 23 [why]`: for good."""
    return await _status(context, admin, Status.CANCELLED)


async def restore(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin restore 23 [date]`: a lecture that was postponed or cancelled takes place, on its old or a new date."""
    lecture, text = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    if lecture.status is Status.PLANNED:
        return Reply(
            context.query.say("managing.not_off", lecture=reference(lecture, context.query.say)),
            outcome=ReplyStatus.REFUSED,
        )
    planned = (FieldEdit(lecture.id, _STATUS, None), *_without_reason(lecture))
    if text:
        return await _dated(context, admin, lecture, text, planned)
    had = own_date(lecture, context.query)
    question = asked(context, had, f"admin restore {lecture.id}") if had else None
    return question or await drafted(context, admin, planned)


async def remove(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin remove 23 [why]`: takes out what was entered by mistake. Nobody is told; posts of it are corrected.

    One that people may already know of can be cancelled instead. The log keeps why.
    """
    query = context.query
    lecture, _ = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    try:
        draft = await admin.editor.removed(lecture.id, reason(context), query.language)
    except EditRefusedError as why:
        return refused(why, context)
    question = Question(draft, query.say("managing.sure_remove", lecture=reference(lecture, query.say)))
    if not is_history(lecture, query.series, query.now):
        instead = Action(query.say("action.cancel_instead"), f"admin cancel {lecture.id}")
        question = replace(question, others=(instead,), hint=query.say("managing.known_already"))
    return await shown(context, admin, question)


async def set_field(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin venue 23 …` and the like: the verb is the field."""
    verb = context.query.invocation.command.rpartition(" ")[2]
    field = next(field for field, name in VERBS.items() if name == verb)
    lecture, text = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    return await _field(context, admin, lecture, field, text)


async def edit(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin edit 23 notes …`: any field by its name, or several: `title: … venue: …`; without one, or with `texts`,
    several in a form."""
    say = context.query.say
    lecture, text = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    if is_labelled(text):
        return await _several(context, admin, lecture, text)
    name, _, value = text.partition("\n" if "\n" in text.split(" ", 1)[0] else " ")
    if not name or is_texts(name):
        return await edit_by_form(context, admin, lecture, texts=bool(name))
    field = field_named(name)
    if field is None:
        names = say("join.comma").join(say(f"fields.name.{each}") for each in TYPED_FIELDS)
        return Reply(
            say("managing.fields", typed=name),
            note=say("managing.field_names", names=names, id=lecture.id),
            outcome=ReplyStatus.MISUNDERSTOOD,
        )
    return await _field(context, admin, lecture, field, value)


def _lecture_and_rest(context: ActionContext) -> tuple[Lecture | Reply, str]:
    """The lecture that the first word names, and the rest of the argument."""
    query = context.query
    first, _, rest = query.invocation.argument.partition(" ")
    if not first:
        usage = with_example(query.say(f"usage.{query.invocation.spec.key}"), query.invocation.spec, query)
        return Reply(query.say("managing.which"), note=usage, outcome=ReplyStatus.MISUNDERSTOOD), ""
    named = replace(query, invocation=replace(query.invocation, argument=first))
    meant = lecture_meant(named)
    if isinstance(meant, Reply) and meant.choice:  # a choice among lectures would lose the rest of the line
        meant = replace(meant, choice=None, note="\n".join(option.label for option in meant.choice.options))
    return meant, rest.strip()


async def _status(context: ActionContext, admin: AdminServices, status: Status) -> Reply:
    lecture, rest = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    say = context.query.say
    if status is Status.POSTPONED and lecture.phase(context.query.now) is Phase.OVER:
        over = say("managing.over_already", lecture=reference(lecture, say))
        return Reply(over, note=say("managing.over_note", id=lecture.id), outcome=ReplyStatus.REFUSED)
    if lecture.status is status and not rest:
        return Reply(say(f"lecture.{status}", lecture=reference(lecture, say)), outcome=ReplyStatus.REFUSED)
    try:
        why = field_edits(Field.REASON, rest, lecture, context.query) if rest else _without_reason(lecture)
    except FieldError as unusable:
        return unusable_text(context, unusable, lecture.id, Field.REASON)
    verb = context.query.invocation.command.rpartition(" ")[2]
    hint = None if rest else say("managing.why", verb=verb, id=lecture.id)
    return await drafted(context, admin, (FieldEdit(lecture.id, _STATUS, str(status)), *why), hint)


def _without_reason(lecture: Lecture) -> tuple[FieldEdit, ...]:
    """What takes away the reason of a postponement that is over, or of another one."""
    return (FieldEdit(lecture.id, _REASON, None),) if lecture.reason else ()


async def _dated(
    context: ActionContext, admin: AdminServices, lecture: Lecture, text: str, others: tuple[FieldEdit, ...]
) -> Reply:
    """A lecture's new date; whatever is odd about it is asked first."""
    view, verb = context.query, "restore" if others else "move"
    try:
        said = taken_apart(text)
        meant = lecture_date(said.before or said.fields.get(Field.STARTS, ""), lecture, view)
        moved, edits = on_date(meant, lecture, view)
        more = labelled_edits(said.fields, moved, with_lecture(moved, view))
    except FieldError as unusable:
        return unusable_text(context, unusable, lecture.id)
    question = asked(context, meant, f"admin {verb} {lecture.id}", said.rest)
    if question:
        return question
    if lecture.status is Status.POSTPONED and not others:
        # with a new date, a postponed lecture takes place again
        others = (FieldEdit(lecture.id, _STATUS, None), *_without_reason(lecture))
    return await drafted(context, admin, (*edits, *others, *more))


async def _several(context: ActionContext, admin: AdminServices, lecture: Lecture, text: str) -> Reply:
    """Fields with their labels, in one line."""
    try:
        said = taken_apart(text)
        if Field.STARTS in said.fields:
            return await _dated(context, admin, lecture, text, ())
        edits = labelled_edits(said.fields, lecture, context.query)
    except FieldError as unusable:
        return unusable_text(context, unusable, lecture.id, unusable.field or Field.VENUE)
    return await drafted(context, admin, edits)


async def _field(context: ActionContext, admin: AdminServices, lecture: Lecture, field: Field, text: str) -> Reply:
    try:
        edits = field_edits(field, text, lecture, context.query)
    except FieldError as unusable:
        return unusable_text(context, unusable, lecture.id, field)
    return await drafted(context, admin, edits)
