"""`/admin add`: a lecture of which almost everything may still be undecided."""

from bot.commands.admin.drafting import asked, reason, shown_or_refused
from bot.commands.admin.fields import FieldError, date_edits, example_date, field_edits, lecture_date
from bot.commands.admin.forms import add_by_form
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.examples import example
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.lecture import Field, Lecture


async def add(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin add [number] [date] [speaker: …]`; alone it asks by form. Without numbers, the first day is the id."""
    query = context.query
    if not query.invocation.argument:
        return await add_by_form(context, admin)
    argument, _, speaker = query.invocation.argument.partition("speaker:")
    first, _, rest = argument.strip().partition(" ")
    is_number = first.isdecimal() and len(first) < 6
    when = (rest if is_number else argument).strip()
    if not (is_number or query.series.is_numbered):
        return await _added(Lecture(id="new"), "admin add", when, speaker, context, admin)
    number = int(first) if is_number else query.series.next_number
    if query.series.numbered(number) or query.series.lecture(str(number)):
        note = query.say("lookup.example", example=example(query.invocation.spec, query))
        known = query.say("managing.known", lecture=query.say.numbered(number))
        return Reply(known, note=note, outcome=ReplyStatus.REFUSED)
    return await _added(Lecture(number), f"admin add {number}", when, speaker, context, admin)


async def _added(
    blank: Lecture, command: str, when: str, speaker: str, context: ActionContext, admin: AdminServices
) -> Reply:
    """The lecture with that date, which it needs if it has no number, and with these speakers."""
    query, edits, id_ = context.query, list[FieldEdit](), blank.id
    try:
        if when or blank.number is None:
            meant = lecture_date(when, blank, query)
            question = asked(context, meant, command, f"speaker:{speaker}" if speaker else "")
            if question:
                return question
            edits += date_edits(meant, blank, query)
            id_ = query.series.free_id(meant.day)
        if speaker.strip():
            edits += field_edits(Field.SPEAKER, speaker, blank, query)
    except FieldError as unusable:
        right = query.say("lookup.example", example=f"/{command} {example_date(query)}")
        return Reply(unusable.problem(query.say), note=right, outcome=ReplyStatus.MISUNDERSTOOD)
    entry: dict[str, FieldValue] = {"id": id_} if blank.number is None else {"number": blank.number}
    entry |= {str(each.path[0]): each.value for each in edits}
    return await shown_or_refused(context, admin, lambda: admin.editor.added(entry, reason(context), query.language))
