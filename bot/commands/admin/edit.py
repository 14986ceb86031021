"""The verbs that change the schedule: each becomes a draft that is shown before anything is done."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Final

from bot.commands.admin.announce import announce_now
from bot.commands.admin.draft_view import shown, shown_if_any
from bot.commands.admin.drafts import FreeText
from bot.commands.admin.fields import Field, Unusable, date_edits, date_label, field_edits, lecture_date, query_text
from bot.commands.admin.forms import add_by_form, edit_by_form, is_texts
from bot.commands.context import Act, Management, Reply, ReplyStatus
from bot.commands.lectures import lecture_meant
from bot.domain.date_scanning import WrittenDate
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Action, Section, Text
from bot.domain.text import folded
from bot.i18n import phrases
from bot.schedule.editor import Author, Draft, EditRefused, Outdated

_STATUS: Final = ("status",)


async def move(act: Act, management: Management) -> Reply:
    """`/admin move 23 7/12 13:00-17:00`."""
    lecture, text = _lecture_and_rest(act)
    if isinstance(lecture, Reply):
        return lecture
    return await _dated(act, management, lecture, text, ())


async def postpone(act: Act, management: Management) -> Reply:
    """`/admin postpone 23`: without a new date; it keeps its number, its form and what is known of it."""
    return await _status(act, management, Status.POSTPONED)


async def cancel(act: Act, management: Management) -> Reply:
    """`/admin cancel 23`: for good."""
    return await _status(act, management, Status.CANCELLED)


async def restore(act: Act, management: Management) -> Reply:
    """`/admin restore 23 [date]`: a lecture that was postponed or cancelled takes place, on its old or a new date."""
    lecture, text = _lecture_and_rest(act)
    if isinstance(lecture, Reply):
        return lecture
    if lecture.status is Status.PLANNED:
        return Reply(act.question.say("managing.not_off", number=lecture.number), outcome=ReplyStatus.REFUSED)
    planned = FieldEdit(lecture.number, _STATUS, None)
    if text:
        return await _dated(act, management, lecture, text, (planned,))
    return await _drafted(act, management, (planned,))


async def set_field(act: Act, management: Management) -> Reply:
    """`/admin venue 23 …` and the like: the verb is the field."""
    field = Field(act.question.invocation.command.rpartition(" ")[2])
    lecture, text = _lecture_and_rest(act)
    if isinstance(lecture, Reply):
        return lecture
    return await _field(act, management, lecture, field, text)


async def edit(act: Act, management: Management) -> Reply:
    """`/admin edit 23 notes …`: any field by its name; without one, or with `texts`, several in a form."""
    say = act.question.say
    lecture, text = _lecture_and_rest(act)
    if isinstance(lecture, Reply):
        return lecture
    name, _, value = text.partition("\n" if "\n" in text.split(" ", 1)[0] else " ")
    if not name or is_texts(name):
        return await edit_by_form(act, management, lecture, texts=bool(name))
    field = field_named(name)
    if field is None:
        names = say("join.comma").join(say(f"fields.name.{each}") for each in Field)
        return Reply(
            say("managing.fields", typed=name),
            note=say("managing.field_names", names=names),
            outcome=ReplyStatus.MISUNDERSTOOD,
        )
    return await _field(act, management, lecture, field, value)


async def add(act: Act, management: Management) -> Reply:
    """`/admin add [number] [date] [speaker: …]`: a lecture of which almost everything may still be undecided; alone it
    asks by form."""
    if not act.question.invocation.argument:
        return await add_by_form(act, management)
    say, series = act.question.say, act.question.series
    argument, _, speaker = act.question.invocation.argument.partition("speaker:")
    first, _, rest = argument.strip().partition(" ")
    numbered = first.isdecimal() and len(first) < 6
    number = int(first) if numbered else max((each.number for each in series.lectures), default=0) + 1
    when = (rest if numbered else argument).strip()
    if series.lecture(number):
        return Reply(say("managing.known", number=number), outcome=ReplyStatus.REFUSED)
    blank = Lecture(number)
    edits: list[FieldEdit] = []
    try:
        if when:
            meant = lecture_date(when, blank, act.question)
            asked = _asked(act, meant, f"admin add {number}", f"speaker:{speaker}" if speaker else "")
            if asked:
                return asked
            edits += date_edits(meant, blank, act.question)
        if speaker.strip():
            edits += field_edits(Field.SPEAKER, speaker, blank, act.question)
    except Unusable as unusable:
        return _unusable(act, unusable)
    entry: dict[str, FieldValue] = {"number": number}
    for each in edits:
        entry[str(each.path[0])] = each.value
    return await _shown(act, management, lambda: management.editor.added(entry, _why(act), act.question.language))


async def undo(act: Act, management: Management) -> Reply:
    """`/admin undo [23]`: takes the latest change back, in the schedule and in what was posted."""
    say, number = act.question.say, None
    if act.question.invocation.argument:
        lecture = lecture_meant(act.question)
        if isinstance(lecture, Reply):
            return lecture
        number = lecture.number
    try:
        draft = await management.editor.undone(number, _why(act), act.question.language)
    except EditRefused as refused:
        return _refused(act, refused)
    if draft is None:
        return Reply(say("managing.nothing_to_undo"), outcome=ReplyStatus.NOT_FOUND)
    return await shown(act, management, draft, say("managing.sure_undo"))


async def confirm(act: Act, management: Management) -> Reply:
    """A draft that was shown is made, if it is still what was shown."""
    say, question = act.question.say, act.question
    draft = management.drafts.take(question.invocation.argument, act.asker.person, act.at)
    if draft is None:
        return Reply(say("managing.expired"), outcome=ReplyStatus.NOT_FOUND)
    if isinstance(draft, FreeText):
        return await announce_now(act, management, draft)
    quietly = question.invocation.settings.get("how") == "quietly"
    author = Author(act.asker.person, act.asker.name, act.asker.channel)
    try:
        await management.editor.write(draft, author, question.language, quietly=quietly)
    except Outdated as outdated:
        return await shown_if_any(act, management, outdated.draft, say("managing.outdated"))
    except EditRefused as refused:
        return _refused(act, refused)
    only = draft.numbers[0] if len(draft.numbers) == 1 else None
    return Reply(
        say("managing.done_quietly" if quietly else "managing.done"),
        actions=(Action(say("action.undo"), f"admin undo {only}" if only else "admin undo"),),
    )


async def discard(act: Act, management: Management) -> Reply:
    """A draft that was shown is forgotten."""
    management.drafts.take(act.question.invocation.argument, act.asker.person, act.at)
    return Reply(act.question.say("managing.discarded"))


def field_named(typed: str) -> Field | None:
    """The field of that name, in either language."""
    wanted = folded(typed).rstrip(":：=")
    for field in Field:
        if wanted in {field, *(folded(phrases(language)(f"fields.name.{field}")) for language in LANGUAGES)}:
            return field
    return None


def _lecture_and_rest(act: Act) -> tuple[Lecture | Reply, str]:
    """The lecture that the first word names, and the rest of the argument."""
    question = act.question
    first, _, rest = question.invocation.argument.partition(" ")
    if not first:
        usage = question.say(f"usage.{question.invocation.spec.key}")
        return Reply(question.say("managing.which"), note=usage, outcome=ReplyStatus.MISUNDERSTOOD), ""
    named = replace(question, invocation=replace(question.invocation, argument=first))
    meant = lecture_meant(named)
    if isinstance(meant, Reply):  # a choice among lectures would lose the rest of the line
        meant = replace(meant, choice=None)
    return meant, rest.strip()


async def _status(act: Act, management: Management, status: Status) -> Reply:
    lecture, rest = _lecture_and_rest(act)
    if isinstance(lecture, Reply):
        return lecture
    say = act.question.say
    if rest:
        return Reply(
            say("managing.no_more", typed=rest[:40]),
            note=say(f"usage.{act.question.invocation.spec.key}"),
            outcome=ReplyStatus.MISUNDERSTOOD,
        )
    if lecture.status is status:
        return Reply(say(f"lecture.{status}", number=lecture.number), outcome=ReplyStatus.REFUSED)
    return await _drafted(act, management, (FieldEdit(lecture.number, _STATUS, str(status)),))


async def _dated(act: Act, management: Management, lecture: Lecture, text: str, others: tuple[FieldEdit, ...]) -> Reply:
    """A lecture's new date; whatever is odd about it is asked first."""
    question = act.question
    try:
        meant = lecture_date(text, lecture, question)
    except Unusable as unusable:
        return _unusable(act, unusable)
    asked = _asked(act, meant, f"{question.invocation.command} {lecture.number}")
    if asked:
        return asked
    edits = date_edits(meant, lecture, question)
    if lecture.status is Status.POSTPONED and not others:
        others = (FieldEdit(lecture.number, _STATUS, None),)  # with a new date, a postponed lecture takes place again
    return await _drafted(act, management, (*edits, *others))


async def _field(act: Act, management: Management, lecture: Lecture, field: Field, text: str) -> Reply:
    try:
        edits = field_edits(field, text, lecture, act.question)
    except Unusable as unusable:
        return _unusable(act, unusable)
    return await _drafted(act, management, edits)


def _asked(act: Act, meant: WrittenDate, command: str, after: str = "") -> Reply | None:
    """The question about what is odd, if anything is, with what may have been meant to press."""
    say, question = act.question.say, act.question
    sure = question.invocation.settings.get("sure") == "yes"
    queries = [query for query in meant.queries if not (sure and query.acceptable)]
    if not queries:
        return None
    query = queries[0]

    def line(date: WrittenDate, sure: str = "") -> str:
        return " ".join(part for part in (command, date.text, after, sure) if part)

    actions = [Action(date_label(each, question), line(each)) for each in query.suggestions]
    if query.acceptable:
        actions.append(Action(say("managing.as_typed"), line(meant, "sure=yes")))
    sentence: Text = query_text(query, say)
    return Reply(
        say("managing.odd_date"),
        (Section(date_label(meant, question), (sentence,)),),
        actions=tuple(actions),
        note=say("managing.odd_note"),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


async def _drafted(act: Act, management: Management, edits: Iterable[FieldEdit]) -> Reply:
    several = tuple(edits)
    if not several:
        return Reply(act.question.say("managing.no_change"))
    return await _shown(act, management, lambda: management.editor.edited(several, _why(act), act.question.language))


async def _shown(act: Act, management: Management, draft: Callable[[], Awaitable[Draft]]) -> Reply:
    try:
        made = await draft()
    except EditRefused as refused:
        return _refused(act, refused)
    return await shown_if_any(act, management, made)


def _why(act: Act) -> str:
    """What is done, for the log: the command line, in one line and not too long."""
    return " ".join(act.question.invocation.line.split())[:200]


def _unusable(act: Act, unusable: Unusable) -> Reply:
    return Reply(unusable.sentence(act.question.say), outcome=ReplyStatus.MISUNDERSTOOD)


def _refused(act: Act, refused: EditRefused) -> Reply:
    paragraphs: tuple[Text, ...] = tuple((sentence,) for sentence in refused.sentences)
    title = act.question.say("managing.problems")
    return Reply(
        act.question.say("managing.refused"), (Section(title, paragraphs, bulleted=True),), outcome=ReplyStatus.REFUSED
    )
