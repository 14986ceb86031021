"""Showing a change before it is made: before and after, the very posts it would cause and where, and what to press."""

from collections.abc import Collection, Iterator
from typing import Final

from bot.announcements.impact import ForecastPost, Impact
from bot.announcements.post import ReminderSubject
from bot.cards.changes import change_lines, spelled
from bot.cards.lecture import View
from bot.commands.admin.drafts import VALID
from bot.commands.context import ActionContext, AdminServices, Reply
from bot.domain.changes import changes, effective
from bot.domain.expectations import Expected
from bot.domain.lecture import Lecture
from bot.domain.message import Action, Part, Section, Text, When
from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.schedule.editor import Draft

_MOST_NAMED: Final = 5
"""Channels that are named; of more of them only the number is told."""


def place_named(address: Address, context: ActionContext) -> str:
    """A channel as organizers know it: the one at hand, else as the settings write it."""
    return context.query.say("overview.here") if address == context.user.channel else str(address)


def places_named(addresses: Collection[Address], context: ActionContext) -> str:
    """Several channels, and how many people; nobody's own reminders are anybody else's business."""
    say = context.query.say
    channels = [address for address in addresses if not address.is_person]
    named = say("join.comma").join(place_named(each, context) for each in channels[:_MOST_NAMED])
    parts = [named] if named else []
    if len(channels) > _MOST_NAMED:
        parts.append(say("overview.more_channels", count=len(channels) - _MOST_NAMED))
    if len(channels) < len(addresses):
        parts.append(say("overview.people", count=len(addresses) - len(channels)))
    return say("join.comma").join(parts) or say("overview.nowhere")


async def shown(context: ActionContext, admin: AdminServices, draft: Draft, headline: str | None = None) -> Reply:
    """Asks whether to make the change, with all that it comes to. Only this person can answer, and not for long."""
    say = context.query.say
    lines = changed_lines(draft, context.query) or ((say("unseen.change"),),)
    preview = await admin.impact_preview.preview(draft)
    token = admin.drafts.put(draft, context.user.person, context.at)
    language = context.query.language
    parts: list[Part] = [spelled(Section(say("managing.changes"), lines, bulleted=True), language)]
    for position, post in enumerate(preview.posts):
        where = say("managing.where", places=places_named(post.receivers, context))
        parts.append(Section(say("managing.post"), ((post.message.headline,), (where,))))
        if position == 0:  # the others say the same to others
            parts += post.message.parts if post.language == language else _spelled(post)
    parts += _consequences(preview, context)
    if preview.posts:
        actions = [
            Action(say("action.announce"), f"admin confirm {token}"),
            Action(say("action.quietly"), f"admin confirm {token} how=quietly"),
        ]
    else:
        actions = [Action(say("action.save"), f"admin confirm {token}")]
    actions.append(Action(say("action.discard"), f"admin discard {token}"))
    minutes = str(int(VALID.total_seconds() // 60))
    return Reply(
        headline or say("managing.sure", subject=_subject(draft, context)),
        tuple(parts),
        actions=tuple(actions),
        note=say("managing.valid", minutes=minutes),
    )


async def shown_if_any(
    context: ActionContext, admin: AdminServices, draft: Draft, headline: str | None = None
) -> Reply:
    """The same, unless nothing would change. An undo is shown even then: it puts back how it was written."""
    if draft.before == draft.after:
        return Reply(context.query.say("managing.no_change"))
    return await shown(context, admin, draft, headline)


def changed_lines(draft: Draft, view: View) -> tuple[Text, ...]:
    """The change as before and after, field by field; of several lectures, each line with its number.

    A form that is to serve another lecture as well changes that lecture, too.
    """
    seen = View(draft.after, view.now, view.language)
    told: dict[int, tuple[Text, ...]] = {}
    for number in sorted({lecture.number for series in (draft.before, draft.after) for lecture in series.lectures}):
        before, after = _effective(draft.before, number), _effective(draft.after, number)
        if before == after:
            continue
        lines = change_lines(changes(before, after, draft.after), seen)
        if before and after:
            lines += tuple(_expectation_lines(draft, before, after, view))
        if lines:
            told[number] = lines
    if len(told) == 1:
        return next(iter(told.values()))
    of = {number: view.say("managing.of", lecture=view.say("lecture.number", number=number)) for number in told}
    return tuple((of[number], *line) for number, lines in told.items() for line in lines)


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


def _effective(series: Series, number: int) -> Lecture | None:
    lecture = series.lecture(number)
    return effective(lecture, series) if lecture else None


def _subject(draft: Draft, context: ActionContext) -> str:
    numbers = [context.query.say("lecture.number", number=number) for number in draft.numbers]
    return context.query.say("join.and").join(numbers)


def _consequences(preview: Impact, context: ActionContext) -> Iterator[Part]:
    say = context.query.say
    lines: list[Text] = []
    if not preview.posts:
        lines.append((say("managing.no_post"),))
    elif preview.due and preview.due > context.at:
        lines.append(say.text("managing.post_at", when=When(context.query.series.local(preview.due))))
    else:
        lines.append((say("managing.post_now"),))
    if preview.edited:
        lines.append((say("managing.edited", posts=preview.edited),))
    lines += [_stage_line("managing.dropped", stage, context) for stage in preview.dropped]
    lines += [_stage_line("managing.added", stage, context) for stage in preview.added]
    yield spelled(Section(say("managing.consequences"), tuple(lines), bulleted=True), context.query.language)


def _stage_line(name: str, stage: ReminderSubject, context: ActionContext) -> Text:
    return context.query.say.text(name, when=When(stage.due), kind=context.query.say(f"kind.{stage.stage}"))
