"""The verbs that change the schedule: each becomes a draft that is shown before anything is done."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.cards.naming import reference
from bot.commands.admin.announce import announce_now
from bot.commands.admin.draft_view import decided, shown_if_any
from bot.commands.admin.drafts import FreeText
from bot.commands.admin.fields import (
    TYPED_FIELDS,
    VERBS,
    FieldError,
    date_edits,
    date_label,
    example_date,
    field_edits,
    lecture_date,
    own_date,
    query_text,
)
from bot.commands.admin.forms import add_by_form, edit_by_form, is_texts
from bot.commands.admin.undoing import changed_since
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.examples import example, field_example, with_example
from bot.commands.lectures import lecture_meant
from bot.domain.date_scanning import WrittenDate
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field, Lecture, Phase, Status
from bot.domain.message import Action, Section, Text
from bot.domain.text import folded
from bot.i18n import phrases
from bot.schedule.editor import Author, Draft, EditRefusedError, NewerChangeError, OutdatedDraftError

_STATUS: Final = ("status",)
_REASON: Final = ("reason",)


async def move(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin move 23 7/12 13:00-17:00`."""
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
    asked = _asked(context, had, f"admin restore {lecture.id}") if had else None
    return asked or await _drafted(context, admin, planned)


async def set_field(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin venue 23 …` and the like: the verb is the field."""
    verb = context.query.invocation.command.rpartition(" ")[2]
    field = next(field for field, name in VERBS.items() if name == verb)
    lecture, text = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
    return await _field(context, admin, lecture, field, text)


async def edit(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin edit 23 notes …`: any field by its name; without one, or with `texts`, several in a form."""
    say = context.query.say
    lecture, text = _lecture_and_rest(context)
    if isinstance(lecture, Reply):
        return lecture
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


async def add(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin add [number] [date] [speaker: …]`: a lecture of which almost everything may still be undecided; alone it
    asks by form."""
    if not context.query.invocation.argument:
        return await add_by_form(context, admin)
    say, series = context.query.say, context.query.series
    argument, _, speaker = context.query.invocation.argument.partition("speaker:")
    first, _, rest = argument.strip().partition(" ")
    numbered = first.isdecimal() and len(first) < 6
    number = int(first) if numbered else series.next_number
    when = (rest if numbered else argument).strip()
    if not (numbered or series.is_numbered):
        return await _add_without_number(context, admin, when, speaker)
    if series.numbered(number) or series.lecture(str(number)):
        note = say("lookup.example", example=example(context.query.invocation.spec, context.query))
        return Reply(say("managing.known", lecture=say.numbered(number)), note=note, outcome=ReplyStatus.REFUSED)
    blank = Lecture(number)
    edits: list[FieldEdit] = []
    try:
        if when:
            meant = lecture_date(when, blank, context.query)
            asked = _asked(context, meant, f"admin add {number}", f"speaker:{speaker}" if speaker else "")
            if asked:
                return asked
            edits += date_edits(meant, blank, context.query)
        if speaker.strip():
            edits += field_edits(Field.SPEAKER, speaker, blank, context.query)
    except FieldError as unusable:
        return _unusable(context, FieldError(unusable.name, example_date(context.query), **unusable.values), blank.id)
    return await _added({"number": number}, edits, context, admin)


async def _add_without_number(context: ActionContext, admin: AdminServices, when: str, speaker: str) -> Reply:
    """One for a series without numbers: its id is its first day."""
    query, unnamed = context.query, Lecture(id="new")
    try:
        meant = lecture_date(when, unnamed, query)
        asked = _asked(context, meant, "admin add", f"speaker:{speaker}" if speaker else "")
        if asked:
            return asked
        edits = [*date_edits(meant, unnamed, query)]
        if speaker.strip():
            edits += field_edits(Field.SPEAKER, speaker, unnamed, query)
    except FieldError as unusable:
        right = query.say("lookup.example", example=f"/admin add {example_date(query)}")
        return Reply(unusable.problem(query.say), note=right, outcome=ReplyStatus.MISUNDERSTOOD)
    return await _added({"id": query.series.free_id(meant.day)}, edits, context, admin)


async def _added(
    entry: dict[str, FieldValue], edits: Sequence[FieldEdit], context: ActionContext, admin: AdminServices
) -> Reply:
    for each in edits:
        entry[str(each.path[0])] = each.value
    return await _shown(context, admin, lambda: admin.editor.added(entry, _why(context), context.query.language))


async def confirm(context: ActionContext, admin: AdminServices) -> Reply:
    """Makes the change of a draft, if its preview still holds."""
    say, query = context.query.say, context.query
    draft = admin.drafts.take(query.invocation.argument, context.user.person, context.at)
    if draft is None:
        return Reply(say("managing.expired"), outcome=ReplyStatus.NOT_FOUND)
    if isinstance(draft, FreeText):
        return await announce_now(context, admin, draft)
    quietly = query.invocation.settings.get("how") == "quietly"
    author = Author(context.user.person, context.user.name, context.user.channel)
    preview = None if quietly else await admin.impact_preview.preview(draft)
    try:
        written = await admin.editor.write(draft, author, query.language, quietly=quietly)
    except OutdatedDraftError as outdated:
        return await shown_if_any(context, admin, outdated.draft, say("managing.outdated"))
    except NewerChangeError as newer:
        return changed_since(newer.revision, context)
    except EditRefusedError as refused:
        return _refused(context, refused)
    to_undo = () if draft.undoes is not None else (Action(say("action.undo"), f"admin undo of={written.id}"),)
    done = say("managing.done_quietly" if quietly else "managing.done")
    return Reply(done, decided(draft, preview, context), actions=to_undo)


async def discard(context: ActionContext, admin: AdminServices) -> Reply:
    """Drops a draft."""
    admin.drafts.take(context.query.invocation.argument, context.user.person, context.at)
    return Reply(context.query.say("managing.discarded"))


def field_named(typed: str) -> Field | None:
    """The field of that name, in either language."""
    wanted = folded(typed).rstrip(":：=")
    for field in TYPED_FIELDS:
        if wanted in {field, *(folded(phrases(language)(f"fields.name.{field}")) for language in LANGUAGES)}:
            return field
    return None


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
        return _unusable(context, unusable, lecture.id, Field.REASON)
    reply = await _drafted(context, admin, (FieldEdit(lecture.id, _STATUS, str(status)), *why))
    if rest or reply.outcome is not ReplyStatus.DONE:
        return reply
    verb = context.query.invocation.command.rpartition(" ")[2]
    hint = say("managing.why", verb=verb, id=lecture.id)
    return replace(reply, note=say("join.sentences", first=reply.note, second=hint) if reply.note else hint)


def _without_reason(lecture: Lecture) -> tuple[FieldEdit, ...]:
    """What takes away the reason of a postponement that is over, or of another one."""
    return (FieldEdit(lecture.id, _REASON, None),) if lecture.reason else ()


async def _dated(
    context: ActionContext, admin: AdminServices, lecture: Lecture, text: str, others: tuple[FieldEdit, ...]
) -> Reply:
    """A lecture's new date; whatever is odd about it is asked first."""
    query = context.query
    try:
        meant = lecture_date(text, lecture, query)
    except FieldError as unusable:
        return _unusable(context, unusable, lecture.id)
    asked = _asked(context, meant, f"{query.invocation.command} {lecture.id}")
    if asked:
        return asked
    edits = date_edits(meant, lecture, query)
    if lecture.status is Status.POSTPONED and not others:
        # with a new date, a postponed lecture takes place again
        others = (FieldEdit(lecture.id, _STATUS, None), *_without_reason(lecture))
    return await _drafted(context, admin, (*edits, *others))


async def _field(context: ActionContext, admin: AdminServices, lecture: Lecture, field: Field, text: str) -> Reply:
    try:
        edits = field_edits(field, text, lecture, context.query)
    except FieldError as unusable:
        return _unusable(context, unusable, lecture.id, field)
    return await _drafted(context, admin, edits)


def _asked(context: ActionContext, meant: WrittenDate, command: str, after: str = "") -> Reply | None:
    """The question about what is odd, if anything is, with what may have been meant to press."""
    say, query = context.query.say, context.query
    sure = query.invocation.settings.get("sure") == "yes"
    queries = [each for each in meant.queries if not (sure and each.acceptable)]
    if not queries:
        return None
    oddest = queries[0]

    def line(date: WrittenDate, sure: str = "") -> str:
        return " ".join(part for part in (command, date.text, after, sure) if part)

    actions = [Action(date_label(each, query), line(each)) for each in oddest.suggestions]
    if oddest.acceptable:
        actions.append(Action(say("managing.as_typed"), line(meant, "sure=yes")))
    right = " ".join(filter(None, (command, example_date(query), after)))
    sentence: Text = query_text(oddest, say)
    return Reply(
        say("managing.odd_date"),
        (Section(date_label(meant, query), (sentence,)),),
        actions=tuple(actions),
        note=f"{say('managing.odd_note')}\n{say('lookup.example', example=f'/{right}')}",
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


async def _drafted(context: ActionContext, admin: AdminServices, edits: Iterable[FieldEdit]) -> Reply:
    several = tuple(edits)
    if not several:
        return Reply(context.query.say("managing.no_change"))
    return await _shown(context, admin, lambda: admin.editor.edited(several, _why(context), context.query.language))


async def _shown(context: ActionContext, admin: AdminServices, draft: Callable[[], Awaitable[Draft]]) -> Reply:
    try:
        made = await draft()
    except EditRefusedError as refused:
        return _refused(context, refused)
    return await shown_if_any(context, admin, made)


def _why(context: ActionContext) -> str:
    """What is done, for the log: the command line, in one line and not too long."""
    return " ".join(context.query.invocation.line.split())[:200]


def _unusable(context: ActionContext, unusable: FieldError, lecture_id: str, field: Field = Field.STARTS) -> Reply:
    """What is wrong with the text for a field of that lecture, and a line of the same command that would be right."""
    query = context.query
    command = query.invocation.command
    named = str(field) if command.endswith(" edit") else ""
    right = unusable.example or (example_date(query) if field is Field.STARTS else field_example(field, query))
    line = " ".join(filter(None, (f"/{command}", lecture_id, named, right)))
    note = query.say("lookup.example", example=line)
    return Reply(unusable.problem(query.say), note=note, outcome=ReplyStatus.MISUNDERSTOOD)


def _refused(context: ActionContext, refused: EditRefusedError) -> Reply:
    paragraphs: tuple[Text, ...] = tuple((sentence,) for sentence in refused.sentences)
    title = context.query.say("managing.problems")
    return Reply(
        context.query.say("managing.refused"), (Section(title, paragraphs, bulleted=True),), outcome=ReplyStatus.REFUSED
    )
