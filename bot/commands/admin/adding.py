"""`/admin add`: a lecture of which almost everything may still be undecided."""

from dataclasses import replace

from bot.commands.admin.drafting import asked, reason, shown_or_refused, unusable_text
from bot.commands.admin.fields import FieldError, labelled_edits, lecture_date, on_date, taken_apart
from bot.commands.admin.forms import add_by_form
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.examples import example
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.lecture import Field, Lecture


async def add(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin add [number] [date] [speaker: … title: …]`; alone it asks by form.

    Without numbers, the first day is the id.
    """
    query = context.query
    if not query.invocation.argument:
        return await add_by_form(context, admin)
    first, _, rest = query.invocation.argument.partition(" ")
    is_number = first.isdecimal() and len(first) < 6
    text = rest if is_number else query.invocation.argument
    if not (is_number or query.series.is_numbered):
        return await _added(Lecture(id="new"), "admin add", text, context, admin)
    number = int(first) if is_number else query.series.next_number
    if query.series.numbered(number) or query.series.lecture(str(number)):
        note = query.say("lookup.example", example=example(query.invocation.spec, query))
        known = query.say("managing.known", lecture=query.say.numbered(number))
        return Reply(known, note=note, outcome=ReplyStatus.REFUSED)
    return await _added(Lecture(number), f"admin add {number}", text, context, admin)


async def _added(blank: Lecture, command: str, text: str, context: ActionContext, admin: AdminServices) -> Reply:
    """The lecture with that date, which it needs if it has no number, and with what else is said of it."""
    query, lecture, id_ = context.query, blank, blank.id
    edits: tuple[FieldEdit, ...] = ()
    question: Reply | None = None
    try:
        said = taken_apart(text)
        when = said.before or said.fields.get(Field.STARTS, "")
        if when or blank.number is None:
            meant = lecture_date(when, blank, query)
            lecture, edits = on_date(meant, blank, query)
            question = asked(context, meant, command, said.rest)
            id_ = query.series.free_id(meant.day) if blank.number is None else blank.id
        more = labelled_edits(said.fields, lecture, query)
    except FieldError as unusable:
        return unusable_text(context, unusable, "" if blank.number is None else blank.id)
    if question:
        return question
    entry: dict[str, FieldValue] = {"id": id_} if blank.number is None else {"number": blank.number}
    entry |= {str(each.path[0]): each.value for each in (*edits, *more) if len(each.path) == 1}
    parts = tuple(replace(each, lecture=id_) for each in more if len(each.path) > 1)
    return await shown_or_refused(
        context, admin, lambda: admin.editor.added(entry, reason(context), query.language, parts)
    )
