"""Forms for `/admin edit` and `/admin add`: what an organizer changes in several fields at once is one change."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.cards.naming import reference, referred
from bot.commands.admin.draft_view import shown_if_any
from bot.commands.admin.drafts import MINUTES_VALID, FilledIn, Question
from bot.commands.admin.fields import (
    LONG,
    FieldError,
    cleaned,
    date_label,
    form_edits,
    lecture_date,
    on_date,
    query_text,
    text_in_form,
    with_lecture,
)
from bot.commands.admin.form_fields import ADD, EDIT, FORM_FIELDS, LONGEST, FormKind, field_line, form_line
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.parser import parse
from bot.domain.edits import FieldEdit, FieldPath, FieldValue
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field, Lecture, Status, is_id
from bot.domain.message import Action, Form, FormField, Section, Text
from bot.domain.text import folded
from bot.i18n import phrases
from bot.schedule.draft import Draft, EditRefusedError


def is_texts(typed: str) -> bool:
    """Whether somebody asks for the form of the longer texts, by its name in either language."""
    return folded(typed) in {FormKind.TEXTS, *(folded(phrases(language)("forms.texts.name")) for language in LANGUAGES)}


@dataclass(frozen=True, slots=True)
class FormState:
    """A form that somebody fills in; for a new lecture, `lecture` has the values of the empty form."""

    kind: FormKind
    lecture: Lecture
    context: ActionContext
    admin: AdminServices
    sure: bool = False

    @property
    def line(self) -> str:
        """The command line that is run when it is filled in."""
        return form_line(self.kind, self.lecture.id)

    def value(self, field: Field) -> str:
        """What a field says today."""
        return text_in_form(field, self.lecture, self.context.view)

    def changed(self) -> dict[Field, str]:
        """The fields that say something else now."""
        typed = {name: self.context.values[name] for name in FORM_FIELDS[self.kind] if name in self.context.values}
        return {name: text for name, text in typed.items() if cleaned(text) != cleaned(self.value(name))}


def offered(state: FormState) -> Reply:
    """The form, filled with what was typed already or else with what the schedule says today."""
    say, kind = state.context.query.say, state.kind
    values = state.context.values
    fields = tuple(
        FormField(
            name,
            say(f"forms.label.{name}"),
            values[name] if name in values else state.value(name),
            multiline=name in LONG,
            required=name is Field.NUMBER,
            hint=say(f"forms.hint.{name}"),
            line=_alone(name, state),
            most=LONGEST.get(name),
        )
        for name in FORM_FIELDS[kind]
    )
    name = reference(state.lecture, say)
    title = say(f"forms.title.{kind}", lecture=name)
    return Reply(say(f"forms.headline.{kind}", lecture=name), form=Form(title, fields, state.line))


def _alone(field: Field, state: FormState) -> str:
    """The command line that sets one field."""
    number = state.lecture.id
    if field is Field.NUMBER:
        return ADD
    if state.kind is FormKind.NEW and field in (Field.STARTS, Field.SPEAKER):
        return f"{ADD} {number}{' speaker:' if field is Field.SPEAKER else ''}"
    return field_line(field, number)


def other_form(state: FormState) -> tuple[Action, ...]:
    """The way to the other fields of the lecture."""
    say, number = state.context.query.say, state.lecture.id
    if state.kind is FormKind.TEXTS:
        return (Action(say("forms.to_main"), f"{EDIT} {number}"),)
    return (Action(say("forms.to_texts"), f"{EDIT} {number} {FormKind.TEXTS}"),)


async def edit_by_form(context: ActionContext, admin: AdminServices, lecture: Lecture, *, texts: bool) -> Reply:
    """The form of a lecture or, if it comes back filled in, the change that it makes."""
    kind = FormKind.TEXTS if texts else FormKind.MAIN
    return await _answered(FormState(kind, lecture, context, admin))


async def add_by_form(context: ActionContext, admin: AdminServices) -> Reply:
    """The form of a new lecture or, if it comes back filled in, that lecture."""
    return await _answered(FormState(FormKind.NEW, _next(context), context, admin))


async def form(context: ActionContext, admin: AdminServices) -> Reply:
    """`admin form …`, which a button runs: the form as it was filled in, to go on with; or it is taken with a date that
    follows the token, or with whatever is odd about its date if that is `sure`."""
    say, invocation = context.query.say, context.query.invocation
    token, _, date = invocation.argument.partition(" ")
    sure = invocation.settings.get("sure") == "yes"
    filled = admin.drafts.filled_in(token, context.user.person, context.at)
    if filled is None:
        return Reply(say("forms.expired"), outcome=ReplyStatus.NOT_FOUND)
    values: dict[str, str] = {**filled.values, **({Field.STARTS: date} if date else {})}
    context = replace(context, query=replace(context.query, invocation=parse(filled.line)), values=values)
    state = FormState(FormKind.NEW, _next(context), context, admin, sure=sure)
    if context.query.invocation.command == EDIT:
        number, _, name = context.query.invocation.argument.partition(" ")
        lecture = context.query.series.lecture(number)
        if lecture is None:
            return Reply(
                say("forms.gone", lecture=referred(number, context.query.series, context.query.say)),
                outcome=ReplyStatus.NOT_FOUND,
            )
        state = replace(state, kind=FormKind.TEXTS if is_texts(name) else FormKind.MAIN, lecture=lecture)
    return await _answered(state) if date or sure else offered(state)


def _next(context: ActionContext) -> Lecture:
    """A lecture of which only the number is known, the next one; without numbers, an id of a day a week from now."""
    series, now = context.query.series, context.query.now
    if series.is_numbered:
        return Lecture(series.next_number)
    return Lecture(id=series.free_id((now + timedelta(days=7)).date()))


@dataclass(slots=True)
class _Read:
    """What was made of the fields: edits, what is wrong with each of the others, and what may have been meant."""

    edits: dict[tuple[str, FieldPath], FieldEdit] = dataclasses.field(default_factory=dict)
    problems: list[tuple[str, Text]] = dataclasses.field(default_factory=list)
    dates: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Dates that may be meant, as buttons show them and as they are typed."""
    acceptable: bool = False
    """Whether the date can be meant as it was typed."""

    def add(self, edits: tuple[FieldEdit, ...]) -> None:
        """Takes edits in; of several of one value the last one counts."""
        self.edits |= {(each.lecture, each.path): each for each in edits}


async def _answered(state: FormState) -> Reply:
    return await _taken(state) if state.context.values else offered(state)


async def _taken(state: FormState) -> Reply:
    """The change that the filled-in form makes, shown before it is made; or what of it can't be used."""
    context, admin, say = state.context, state.admin, state.context.query.say
    if state.kind is FormKind.NEW:
        typed, series = context.values.get(Field.NUMBER, ""), context.query.series
        new = _new(typed, numbered=series.is_numbered)
        if new is None or series.named(new.id):
            wrong = say("managing.known", lecture=referred(new.id, series, say)) if new else say("forms.number")
            return _again(state, say("forms.unusable"), [(Field.NUMBER, (wrong,))])
        state = replace(state, lecture=new)
    changed = state.changed()
    if not changed and state.kind is not FormKind.NEW:
        return Reply(say("managing.no_change"), actions=other_form(state))
    read = _read(state, changed)
    if read.problems:
        return _again(state, say("forms.unusable"), read.problems, read)
    if not read.edits and state.kind is not FormKind.NEW:
        return Reply(say("managing.no_change"), actions=other_form(state))
    try:
        draft = await _drafted(state, read, changed)
    except EditRefusedError as refused:
        return _again(state, say("managing.refused"), [("", (each,)) for each in refused.sentences])
    return await shown_if_any(context, admin, Question(draft))


async def _drafted(state: FormState, read: _Read, changed: Mapping[Field, str]) -> Draft:
    """One draft of all edits. Raises EditRefusedError."""
    editor, language = state.admin.editor, state.context.query.language
    edits = tuple(read.edits.values())
    if state.kind is not FormKind.NEW:
        return await editor.edited(edits, f"{state.line} ({', '.join(changed)})", language)
    new = state.lecture
    entry: dict[str, FieldValue] = {Field.ID: new.id} if new.number is None else {Field.NUMBER: new.number}
    entry |= {str(each.path[0]): each.value for each in edits}
    return await editor.added(entry, f"{ADD} {state.lecture.id}", language)


def _read(state: FormState, changed: Mapping[Field, str]) -> _Read:
    """The edits that the changed fields come to. A date is read first: what else is said is of the lecture on it."""
    view, lecture, read = state.context.view, state.lecture, _Read()
    if Field.STARTS in changed:
        try:
            lecture = _dated(changed[Field.STARTS], state, read)
        except FieldError as unusable:
            read.problems.append((Field.STARTS, (unusable.sentence(view.say),)))
    ahead = with_lecture(lecture, view)
    for field, text in changed.items():
        if field in (Field.NUMBER, Field.STARTS):
            continue
        try:
            read.add(form_edits(field, text, lecture, ahead))
        except FieldError as unusable:
            read.problems.append((field, (unusable.sentence(view.say),)))
    return read


def _dated(text: str, state: FormState, read: _Read) -> Lecture:
    """Takes the date in, or what is to be asked about it; the lecture with it. Raises FieldError."""
    lecture, view, entry = state.lecture, state.context.view, state.lecture.registration
    if not cleaned(text):
        paths: list[FieldPath] = [("starts",), *([("ends",)] if lecture.ends else [])]
        paths += [("registration", "closes")] if entry.closes else []
        read.add(tuple(FieldEdit(lecture.id, path, None) for path in paths))
        return replace(lecture, day=None, starts=None, ends=None, registration=replace(entry, closes=None))
    meant = lecture_date(text, lecture, view)
    queries = [query for query in meant.queries if not (state.sure and query.acceptable)]
    if queries:
        read.problems.append((Field.STARTS, query_text(queries[0], view.say)))
        read.dates = [(date_label(each, view), each.text) for each in queries[0].suggestions]
        read.acceptable = queries[0].acceptable
        return lecture
    moved, edits = on_date(meant, lecture, view)
    read.add(edits)
    if lecture.status is Status.POSTPONED:
        read.add((FieldEdit(lecture.id, ("status",), None),))
    return moved


def _below_fields(problems: list[tuple[str, Text]]) -> tuple[tuple[str, str], ...]:
    """What is wrong with each field, if all of it is words about a field."""
    below = [(str(name), "".join(each for each in text if isinstance(each, str))) for name, text in problems]
    whole = all(name and all(isinstance(each, str) for each in text) for name, text in problems)
    return tuple(below) if whole else ()


def _again(state: FormState, headline: str, problems: list[tuple[str, Text]], read: _Read | None = None) -> Reply:
    """What is wrong, field by field, and the way back to the form, which still says what was typed."""
    context, say = state.context, state.context.query.say
    token = state.admin.drafts.put(FilledIn(state.line, dict(context.values)), context.user.person, context.at)
    actions = [Action(say("forms.again"), f"admin form {token}")]
    if read:
        actions += [Action(label, f"admin form {token} {date}") for label, date in read.dates]
        if read.acceptable:
            actions.append(Action(say("managing.as_typed"), f"admin form {token} sure=yes"))
    told = tuple(
        (say("forms.problem", field=say(f"forms.label.{name}")), *text) if name else text for name, text in problems
    )
    return Reply(
        headline,
        (Section(say("managing.problems"), told, bulleted=True),),
        actions=tuple(actions),
        note=say("forms.kept", minutes=MINUTES_VALID),
        outcome=ReplyStatus.MISUNDERSTOOD,
        mistakes=_below_fields(problems) if len(actions) == 1 else (),
    )


def _new(typed: str, *, numbered: bool) -> Lecture | None:
    """The lecture that the form adds, by its number or, in a series without numbers, its id."""
    name = cleaned(typed)
    digits = name.strip("第回# ")
    if digits.isdecimal() and len(digits) < 6:
        return Lecture(int(digits))
    return Lecture(id=name) if not numbered and is_id(name) else None
