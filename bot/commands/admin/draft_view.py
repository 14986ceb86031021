"""Shows a change before it is made: before and after, the posts it would cause, their channels, and the buttons."""

from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Final

from bot.announcements.impact import ForecastPost, Impact
from bot.announcements.post import ReminderSubject
from bot.cards.changes import change_lines, spelled
from bot.cards.naming import referred
from bot.cards.view import View
from bot.commands.admin.drafts import MINUTES_VALID, Question
from bot.commands.admin.other_language import form_of, sentence, texts_of, untouched
from bot.commands.context import ActionContext, AdminServices, Reply
from bot.domain.changes import Change, MaterialChange, changes, effective, relabelled_materials
from bot.domain.expectations import Expected
from bot.domain.language import Language, Localized, nearest
from bot.domain.lecture import Field, Lecture, Status, in_order
from bot.domain.message import Action, Part, Section, Text, When
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.i18n import Phrases
from bot.i18n.languages import language_name
from bot.schedule.draft import Draft

_MOST_STAGES: Final = 2
"""Later posts that go or come and are named at once; more are counted until they are asked for."""

_MOST_NAMED: Final = 5
"""Channels that are named; of more of them only the number is told."""


def place_named(address: Address, context: ActionContext) -> str:
    """A channel as organizers know it: the one at hand, else by its name."""
    here = address == context.user.channel
    return context.query.say("overview.here") if here else context.services.channels.name_of(address)


def places_named(addresses: Collection[Address], context: ActionContext) -> str:
    """Several channels by name. People are only counted, as their reminders are private."""
    say = context.query.say
    channels = [address for address in addresses if not address.is_person]
    named = say("join.comma").join(place_named(each, context) for each in channels[:_MOST_NAMED])
    parts = [named] if named else []
    if len(channels) > _MOST_NAMED:
        parts.append(say("overview.more_channels", count=len(channels) - _MOST_NAMED))
    if len(channels) < len(addresses):
        parts.append(say("overview.people", count=len(addresses) - len(channels)))
    return say("join.comma").join(parts) or say("overview.nowhere")


async def shown(context: ActionContext, admin: AdminServices, question: Question, *, in_full: bool = False) -> Reply:
    """Asks whether to make the change, and shows its effects.

    Of the posts that would follow the first lines are shown, or those of each language `in_full`. Only this person can
    answer, until the draft expires.
    """
    say, draft = context.query.say, question.draft
    lines = changed_lines(draft, context.query) or ((say("unseen.change"),),)
    preview = await admin.impact_preview.preview(draft)
    token = admin.drafts.put(question, context.user.person, context.at)
    language = context.query.language
    parts: list[Part] = [spelled(Section(say("managing.changes"), lines, bulleted=True), language)]
    asked = list(_asked_about(draft, context, admin))
    if asked:
        parts.append(Section(say("bilingual.title"), tuple(text for text, _ in asked), bulleted=True))
    told: set[Language] = set()
    for post in preview.posts:
        where = say("managing.where", places=places_named(post.receivers, context))
        parts.append(Section(say("managing.post"), ((post.message.headline,), (where,))))
        if in_full and post.language not in told:  # the others say the same to others
            parts += post.message.parts if post.language == language else _spelled(post)
        told.add(post.language)
    parts.append(_consequences(preview, context, in_full=in_full))
    if preview.posts:
        actions = [
            Action(say("action.announce"), f"admin confirm {token}", danger=_calls_off(draft), primary=True),
            Action(say("action.quietly"), f"admin confirm {token} how=quietly"),
        ]
    else:
        label = say("action.remove" if _removes(draft) else "action.save")
        actions = [Action(label, f"admin confirm {token}", danger=_calls_off(draft), primary=True)]
    is_short = any(post.message.parts for post in preview.posts) or _replanned(preview) > _MOST_STAGES
    if is_short and not in_full:
        actions.append(Action(say("action.show_posts"), f"admin posts {token}"))
    actions += [*(action for _, action in asked if action), *question.others]
    actions.append(Action(say("action.discard"), f"admin discard {token}"))
    note = say("managing.valid", minutes=MINUTES_VALID)
    return Reply(
        question.headline or say("managing.sure", subject=_subject(draft, context)),
        tuple(parts),
        actions=tuple(actions),
        note=say("join.sentences", first=note, second=question.hint) if question.hint else note,
    )


async def shown_if_any(context: ActionContext, admin: AdminServices, question: Question) -> Reply:
    """The same, unless nothing would change. An undo is shown even then: it restores how the file was written."""
    if question.draft.before == question.draft.after:
        return Reply(context.query.say("managing.no_change"))
    return await shown(context, admin, question)


def changed_lines(draft: Draft, view: View) -> tuple[Text, ...]:
    """The change as before and after, field by field; of several lectures, each line with its number.

    A form that is to serve another lecture as well changes that lecture, too.
    """
    seen = View(draft.after, view.now, view.language)
    told: dict[str, tuple[Text, ...]] = {}
    for id_ in in_order(lecture.id for series in (draft.before, draft.after) for lecture in series.lectures):
        before, after = _effective(draft.before, id_), _effective(draft.after, id_)
        if before == after:
            continue
        told_changes = changes(before, after, draft.after)
        lines = tuple(line for each in told_changes for line in _in_languages(each, seen))
        if before and after:
            lines += tuple(_expectation_lines(draft, before, after, view))
        if lines:
            told[id_] = lines
    if len(told) == 1:
        return next(iter(told.values()))
    of = {each: view.say("managing.of", lecture=_referred(each, draft, view.say)) for each in told}
    return tuple((of[each], *line) for each, lines in told.items() for line in lines)


def _in_languages(change: Change, view: View) -> Iterator[Text]:
    """A change in the reader's language and, of a text that has several, in others that are touched, too."""
    lines = change_lines((change,), view)
    texts = _texts(change)
    tags = dict.fromkeys(tag for pair in texts for text in pair if text for tag in text.languages)
    touched = [each for each in tags if any(_into(was, each) != _into(now, each) for was, now in texts)]
    own = nearest(view.language, tuple(tags)) or view.language
    if own in touched or not touched:
        yield from lines
    for other in touched:
        if other != own:
            mark = view.say("managing.in_language", language=language_name(other, view.language))
            yield from ((mark, *line) for line in change_lines((change,), View(view.series, view.now, other)))


def _texts(change: Change) -> tuple[tuple[Localized | None, Localized | None], ...]:
    """The texts that it is about, each before and after."""
    before, after, aspect = change.before, change.after, change.aspect
    if before is None or after is None:
        return ()
    if aspect is MaterialChange.RELABELLED:
        return tuple((was.label, now.label) for was, now in relabelled_materials(before, after))
    if not isinstance(aspect, Field):
        return ()
    return tuple(zip_longest(texts_of(aspect, before), texts_of(aspect, after)))


def _into(text: Localized | None, language: Language) -> str | None:
    return text.into(language) if text else None


def _asked_about(draft: Draft, context: ActionContext, admin: AdminServices) -> Iterator[tuple[Text, Action | None]]:
    """What becomes of the other language of texts that were changed in one, with a form in which both can be set."""
    view, say = View(draft.after, context.query.now, context.query.language), context.query.say
    for id_ in draft.lectures if draft.undoes is None else ():
        before, after = draft.before.lecture(id_), draft.after.lecture(id_)
        texts = list(untouched(before, after)) if before and after else []
        filled = form_of(texts, after, view) if after else None
        for position, each in enumerate(texts):
            action = None
            if filled and position == 0:
                token = admin.drafts.put(filled, context.user.person, context.at)
                label = say("action.other_language", language=language_name(each.language, view.language))
                action = Action(label, f"admin form {token}")
            if after:
                yield (sentence(each, after, view),), action


def _expectation_lines(draft: Draft, before: Lecture, after: Lecture, view: View) -> Iterator[Text]:
    """What is expected of the lecture no more, or again."""
    for each in Expected:
        was, now = draft.before.expects_of(before, each), draft.after.expects_of(after, each)
        if was is not now:
            what = view.say(f"missing.name.{'venue.room' if each is Expected.ROOM else each}")
            yield (view.say("managing.expected_again" if now else "managing.not_expected", what=what),)


def _spelled(post: ForecastPost) -> list[Part]:
    """A post in another language than the reader's, in which platforms would write its dates."""
    return [spelled(part, post.language) for part in post.message.parts]


def _effective(series: Series, id_: str) -> Lecture | None:
    lecture = series.lecture(id_)
    return effective(lecture, series) if lecture else None


def _calls_off(draft: Draft) -> bool:
    """Whether a lecture won't take place that would have: it is cancelled or removed."""
    cancelled = [
        {each.id for each in series.lectures if each.status is Status.CANCELLED}
        for series in (draft.before, draft.after)
    ]
    return _removes(draft) or not cancelled[1] <= cancelled[0]


def _removes(draft: Draft) -> bool:
    return any(draft.before.lecture(each) and not draft.after.lecture(each) for each in draft.lectures)


def _subject(draft: Draft, context: ActionContext) -> str:
    say = context.query.say
    return say("join.and").join(_referred(each, draft, say) for each in draft.lectures)


def _referred(lecture: str, draft: Draft, say: Phrases) -> str:
    """A lecture as it was called before the change; one that it adds, as it is called after it."""
    there = draft.before if draft.before.lecture(lecture) else draft.after
    return referred(lecture, there, say)


def decided(draft: Draft, preview: Impact | None, context: ActionContext) -> tuple[Part, ...]:
    """What was changed and, unless quietly, when and where it is posted."""
    lines = list(changed_lines(draft, context.query))
    if preview:
        lines.append(_posting(preview, context))
    if preview and preview.posts:
        receivers = dict.fromkeys(each for post in preview.posts for each in post.receivers)
        lines.append((context.query.say("managing.where", places=places_named(receivers, context)),))
    return (spelled(Section("", tuple(lines), bulleted=True), context.query.language),) if lines else ()


def _posting(preview: Impact, context: ActionContext) -> Text:
    """Whether a post follows, and when."""
    say = context.query.say
    if not preview.posts and preview.awaited:
        return say.text("managing.awaited", when=When(context.query.series.local(preview.awaited)))
    if not preview.posts:
        return (say("managing.no_post"),)
    if preview.due and preview.due > context.at:
        return say.text("managing.post_at", when=When(context.query.series.local(preview.due)))
    return (say("managing.post_now"),)


def _consequences(preview: Impact, context: ActionContext, *, in_full: bool) -> Part:
    """What follows; the later posts that go and come are counted, or named one by one."""
    say = context.query.say
    lines = [_posting(preview, context)]
    if preview.edited:
        lines.append((say("managing.edited", posts=preview.edited),))
    dropped, added = preview.dropped, preview.added
    if in_full or _replanned(preview) <= _MOST_STAGES:
        lines += [_stage_line("managing.dropped", stage, context) for stage in dropped]
        lines += [_stage_line("managing.added", stage, context) for stage in added]
    else:
        counts = {"some_dropped": len(dropped), "some_added": len(added)}
        lines += [(say(f"managing.{name}", count=count),) for name, count in counts.items() if count]
    return spelled(Section(say("managing.consequences"), tuple(lines), bulleted=True), context.query.language)


def _replanned(preview: Impact) -> int:
    """How many later posts go or come."""
    return len(preview.dropped) + len(preview.added)


def _stage_line(name: str, stage: ReminderSubject, context: ActionContext) -> Text:
    return context.query.say.text(name, when=When(stage.due), kind=context.query.say(f"kind.{stage.stage}"))
