"""What was typed about a lecture becomes a draft that is shown; or it is said what is wrong with it, or asked."""

from collections.abc import Awaitable, Callable, Iterable

from bot.commands.admin.draft_view import shown_if_any
from bot.commands.admin.drafts import Question
from bot.commands.admin.fields import FieldError, date_label, example_date, query_text
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.examples import field_example
from bot.domain.edits import FieldEdit
from bot.domain.lecture import Field
from bot.domain.message import Action, Section, Text
from bot.domain.written_date import WrittenDate
from bot.schedule.draft import Draft, EditRefusedError


def asked(context: ActionContext, meant: WrittenDate, command: str, after: str = "") -> Reply | None:
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


async def drafted(
    context: ActionContext, admin: AdminServices, edits: Iterable[FieldEdit], hint: str | None = None
) -> Reply:
    """The draft of these edits, shown; or that there is nothing to change, or why it can't be done."""
    several = tuple(edits)
    if not several:
        return Reply(context.query.say("managing.no_change"))
    return await shown_or_refused(
        context, admin, lambda: admin.editor.edited(several, reason(context), context.query.language), hint
    )


async def shown_or_refused(
    context: ActionContext, admin: AdminServices, draft: Callable[[], Awaitable[Draft]], hint: str | None = None
) -> Reply:
    """The draft, shown unless it changes nothing; or why it can't be made."""
    try:
        made = await draft()
    except EditRefusedError as why:
        return refused(why, context)
    return await shown_if_any(context, admin, Question(made, hint=hint))


def reason(context: ActionContext) -> str:
    """What is done, for the log: the command line, in one line and not too long."""
    return " ".join(context.query.invocation.line.split())[:200]


def unusable_text(context: ActionContext, unusable: FieldError, lecture_id: str, field: Field = Field.STARTS) -> Reply:
    """What is wrong with the text for a field of that lecture, and a line of the same command that would be right."""
    query = context.query
    command = query.invocation.command
    named = str(field) if command.endswith(" edit") else ""
    field = unusable.field or field
    right = unusable.example or (example_date(query) if field is Field.STARTS else field_example(field, query))
    if unusable.field and not named:
        right = f"{example_date(query)} {query.say(f'fields.name.{field}')}: {right}"
    line = " ".join(filter(None, (f"/{command}", lecture_id, named, right)))
    note = query.say("lookup.example", example=line)
    return Reply(unusable.problem(query.say), note=note, outcome=ReplyStatus.MISUNDERSTOOD)


def refused(why: EditRefusedError, context: ActionContext) -> Reply:
    """That a change can't be made, and why."""
    paragraphs: tuple[Text, ...] = tuple((sentence,) for sentence in why.sentences)
    title = context.query.say("managing.problems")
    return Reply(
        context.query.say("managing.refused"), (Section(title, paragraphs, bulleted=True),), outcome=ReplyStatus.REFUSED
    )
