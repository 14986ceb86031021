"""`/admin pause` and `/admin resume`: posts are held back for a time, and what is held is shown."""

from datetime import UTC, datetime
from typing import Final

from bot.announcements.operations import Upcoming
from bot.announcements.post import ChangeSubject, PostSubject, in_time, kinds, lectures_of
from bot.announcements.state import Pause
from bot.cards.naming import references
from bot.commands.admin.draft_view import places_named
from bot.commands.admin.fields import FieldError, moment_ahead
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.domain.message import Action, Entry, Listing, Part, Section, Text, When
from bot.domain.text import folded
from bot.i18n import moment_written
from bot.i18n.excerpts import shortened

_MOST_HELD: Final = 5
"""Posts that are shown as held back."""

_MOST_WAITING: Final = 50
FIRST_LINE: Final = 120
"""Characters that are shown of a post."""


_CHANGES: Final = ("changes", "変更", "変更を", "変更は", "変更だけ")
"""Words for holding back no more than what changes."""


async def pause(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin pause [2h | until 18:00]`: holds all posts back, for that long or until `/admin resume`.

    `/admin pause changes until 18:00` has changes collected until then, and told together.
    """
    query, typed, until = context.query, context.query.invocation.argument, None
    first, _, rest = typed.partition(" ")
    only_changes = folded(first) in map(folded, _CHANGES)
    if typed:
        try:
            until = moment_ahead(rest if only_changes else typed, query, "2h")
        except FieldError as unusable:
            example = f"/admin pause {f'{first} ' if only_changes else ''}{unusable.example}"
            note = query.say("lookup.example", example=example)
            return Reply(unusable.problem(query.say), note=note, outcome=ReplyStatus.MISUNDERSTOOD)
    if only_changes and until:
        return await _collect(until, context, admin)
    begun = await admin.operations.pause(_name(context), until)
    held = await admin.operations.paused()
    if held is None:  # a moment that was ahead a moment ago
        return Reply(query.say("overview.not_paused"), actions=_to_pause(context))
    parts = (await _held(held, context, admin), _meanwhile(context))
    name = "paused_now" if begun else "paused_already"
    return Reply(_said(name, held, context), parts, actions=to_resume(context))


async def _collect(until: datetime, context: ActionContext, admin: AdminServices) -> Reply:
    await admin.operations.collect(_name(context), until)
    say, posts = context.query.say, await admin.operations.upcoming(_MOST_WAITING)
    waiting = [each for each in posts if isinstance(each.subject, ChangeSubject)]
    entries = tuple(planned(each, None, context) for each in waiting[:_MOST_HELD])
    title = say("overview.held_title")
    part = Listing(title, entries) if entries else Section(title, ((say("overview.none_collected"),),))
    when = moment_written(until, context.query.language)
    return Reply(say("overview.collected", until=when), (part,), actions=to_resume(context))


def collecting_text(held: Pause, context: ActionContext) -> Text:
    """That changes are collected, by whom and until when, as a sentence."""
    return _text("collecting", held, context)


async def resume(context: ActionContext, admin: AdminServices) -> Reply:
    """Lets posts go out again; says which go out at once."""
    say, operations = context.query.say, admin.operations
    collected = await operations.collecting() is not None
    waiting = [
        each
        for each in await operations.upcoming(_MOST_WAITING)
        if each.due <= context.at or (collected and isinstance(each.subject, ChangeSubject))
    ]
    if not await operations.resume(_name(context)):
        return Reply(say("overview.not_paused"), actions=_to_pause(context))
    if not waiting:
        return Reply(say("overview.resumed_none"), actions=_to_pause(context))
    entries = tuple(planned(each, None, context) for each in waiting[: 2 * _MOST_HELD])
    listing = Listing(say("overview.waiting_title"), entries)
    return Reply(say("overview.resumed", count=len(waiting)), (listing,), actions=_to_pause(context))


def is_paused(held: Pause, context: ActionContext) -> str:
    """That nothing goes out, and until when, as a headline."""
    return _said("is_paused", held, context)


def paused_text(held: Pause, context: ActionContext) -> Text:
    """The same with who began it and how it ends, as a sentence."""
    return _text("paused", held, context)


def held_text(held: Pause, context: ActionContext) -> Text:
    """The same as the value of a fact."""
    return _text("held", held, context)


def to_resume(context: ActionContext) -> tuple[Action, ...]:
    """The button that ends a pause."""
    return (Action(context.query.say("action.resume"), "admin resume"),)


def planned(post: Upcoming, held: Pause | None, context: ActionContext) -> Entry:
    """A post to come: when, what about, where, how it begins, and what becomes of it in a pause."""
    say, what = context.query.say, what_it_tells(post.subject, context)
    when: Text = (When(context.query.series.local(post.due)),)
    if held and (held.until is None or post.due.astimezone(UTC) < held.until):
        when = (*when, " · ", *_afterwards(post, held, context))
    places = places_named([each.address for each in post.followers], context)
    lines = (when, (say("overview.to", places=places),), (shortened(post.text, FIRST_LINE),))
    return Entry(what[:1].upper() + what[1:], lines)


def what_it_tells(subject: PostSubject, context: ActionContext) -> str:
    """The lectures and kinds of a post."""
    say = context.query.say
    names = [say(f"kind.{each}") for each in kinds(subject)]
    lectures = references(lectures_of(subject), context.query.series, say)
    return say("overview.what", lectures=lectures, kinds=say("join.comma").join(names))


def _afterwards(post: Upcoming, held: Pause, context: ActionContext) -> Text:
    """What becomes of a post that falls due in a pause: it goes out at the end, unless it is of no use by then."""
    say = context.query.say
    if held.until is None:
        return (say("overview.is_held"),)
    if isinstance(post.subject, ChangeSubject) or in_time(post.subject, held.until):
        return say.text("overview.is_held_until", until=When(context.query.series.local(held.until)))
    return (say("overview.is_dropped"),)


async def _held(held: Pause, context: ActionContext, admin: AdminServices) -> Part:
    """The posts that fall due in the pause; of one without an end, the next ones."""
    say = context.query.say
    posts = await admin.operations.upcoming(_MOST_WAITING)
    due = [each for each in posts if held.until is None or each.due.astimezone(UTC) < held.until]
    if not due:
        return Section(say("overview.held_title"), ((say("overview.none_held"),),))
    entries = [planned(each, held, context) for each in due[:_MOST_HELD]]
    if len(due) > _MOST_HELD:
        entries.append(Entry(say("overview.more_held", count=len(due) - _MOST_HELD), ()))
    return Listing(say("overview.held_title"), tuple(entries))


def _meanwhile(context: ActionContext) -> Section:
    say = context.query.say
    lines: tuple[Text, ...] = tuple((say(f"overview.pause.{each}"),) for each in ("waits", "goes", "answers"))
    return Section(say("overview.pause.title"), lines, bulleted=True)


def _said(name: str, held: Pause, context: ActionContext) -> str:
    """A sentence about a pause, in words for one with an end or for one without."""
    query = context.query
    since = moment_written(query.series.local(held.since), query.language)
    if held.until is None:
        return query.say(f"overview.{name}", by=held.by, since=since)
    until = moment_written(query.series.local(held.until), query.language)
    return query.say(f"overview.{name}_until", by=held.by, since=since, until=until)


def _text(name: str, held: Pause, context: ActionContext) -> Text:
    """The same with dates that the platform writes."""
    say, local = context.query.say, context.query.series.local
    if held.until is None:
        return say.text(f"overview.{name}", by=held.by, since=When(local(held.since)))
    return say.text(f"overview.{name}_until", by=held.by, since=When(local(held.since)), until=When(local(held.until)))


def _name(context: ActionContext) -> str:
    return context.user.name or str(context.user.person)


def _to_pause(context: ActionContext) -> tuple[Action, ...]:
    return (Action(context.query.say("action.pause"), "admin pause"),)
