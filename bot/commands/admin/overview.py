"""Views for organizers: posts to come, log, channels, health and what is missing."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from bot.announcements.operations import Upcoming
from bot.announcements.state import Pause
from bot.cards.missing import lectures_lacking, missing_entries, missing_sentence
from bot.cards.naming import references, referred
from bot.commands.admin.draft_view import place_named
from bot.commands.admin.pausing import (
    FIRST_LINE,
    collecting_text,
    held_text,
    is_paused,
    paused_text,
    planned,
    to_resume,
    what_it_tells,
)
from bot.commands.choices import page_of
from bot.commands.context import ActionContext, AdminServices, Reply
from bot.commands.lectures import lecture_meant
from bot.domain.lecture import Lecture
from bot.domain.message import Action, Card, Entry, Fact, Listing, Part, Section, Text, Tone, When
from bot.domain.missing import missing
from bot.domain.subscriptions import Follower, address, topics_of
from bot.i18n import moment_written
from bot.i18n.excerpts import shortened
from bot.i18n.languages import language_name
from bot.schedule.revisions import Revision

_CHANNELS: Final = 15
"""Channels on a page of those that follow."""

_POSTS: Final = 10
"""Posts on a page of the plan."""

_MOST_POSTS: Final = 50
_VERSIONS: Final = 8
"""Versions on a page of the log."""

_MOST_VERSIONS: Final = 40
_CLOCK_OFF: Final = 5.0
"""Seconds by which a clock may be off before anybody needs to know."""


async def plan(context: ActionContext, admin: AdminServices) -> Reply:
    """The posts to come: when, what about, where, and how they begin."""
    say = context.query.say
    posts = await admin.operations.upcoming(_MOST_POSTS)
    pause = await admin.operations.paused()
    parts: list[Part] = []
    if pause:
        parts.append(Section(say("overview.paused_title"), (paused_text(pause, context),)))
    parts += await _collecting(context, admin)
    if not posts:
        return Reply(say("overview.no_posts"), tuple(parts), note=say("overview.no_posts_why"))
    page = page_of(posts, _POSTS, context.query)
    parts.append(Listing(say("overview.plan_title"), tuple(planned(each, pause, context) for each in page.items)))
    headline = is_paused(pause, context) if pause else _next_post(posts[0], context)
    actions = (*page.actions, *(to_resume(context) if pause else ()))
    return Reply(headline, tuple(parts), actions=actions, note=page.note)


async def _collecting(context: ActionContext, admin: AdminServices) -> list[Part]:
    """That changes are collected, if they are."""
    collecting = await admin.operations.collecting()
    if collecting is None:
        return []
    return [Section(context.query.say("overview.collecting_title"), (collecting_text(collecting, context),))]


async def log(context: ActionContext, admin: AdminServices) -> Reply:
    """Who changed what, the latest first."""
    say, number = context.query.say, None
    if context.query.invocation.argument:
        lecture = lecture_meant(context.query)
        if not isinstance(lecture, Lecture):
            return lecture
        number = lecture.id
    versions = await admin.revisions.latest(_MOST_VERSIONS, number)
    if not versions:
        return Reply(
            say("overview.no_log_of", lecture=referred(number, context.query.series, say))
            if number
            else say("overview.no_log")
        )
    page = page_of(versions, _VERSIONS, context.query)
    listing = Listing(say("overview.log_title"), tuple(_version(each, context) for each in page.items))
    latest = versions[0]
    when = moment_written(context.query.series.local(latest.created_at), context.query.language)
    return Reply(
        say("overview.last_change", who=_who(latest, context), when=when),
        (listing,),
        actions=(*page.actions, Action(say("action.undo"), f"admin undo {number}" if number else "admin undo")),
        note=page.note,
    )


async def channels(context: ActionContext, admin: AdminServices) -> Reply:
    """Who follows what, and what the bot may not do there."""
    say = context.query.say
    followers = await context.services.followers.followers()
    following = [each for each in followers if not each.address.is_person]
    people = len(followers) - len(following)
    told = say("overview.people_reminded", count=people) if people else None
    if not following:
        return Reply(say("speaking.nobody_follows"), note=told)
    rights = await asyncio.gather(*(context.services.channels.missing_rights(each.address) for each in following))
    page = page_of([*enumerate(zip(following, rights, strict=True), 1)], _CHANNELS, context.query)
    entries = tuple(_following(position, follower, missing, context) for position, (follower, missing) in page.items)
    lacking = sum(map(bool, rights))
    headline = say("overview.channels", count=len(following))
    if lacking:
        headline = say("join.sentences", first=headline, second=say("overview.channels_lacking", count=lacking))
    note = "\n".join(filter(None, (told, page.note))) or None
    return Reply(headline, (Listing(say("overview.channels_title"), entries),), actions=page.actions, note=note)


async def health(context: ActionContext, admin: AdminServices) -> Reply:
    """Whether all is well, and what is not."""
    say, operations = context.query.say, admin.operations
    condition = operations.report_health(context.query.language)
    pause = await operations.paused()
    upcoming = await operations.upcoming(1)
    troubles = (*condition.lacking, *_without_organizers(context), *operations.troubles(context.query.language))
    facts = [
        Fact(name.capitalize(), (say("overview.connected") if well else say("overview.down", detail=detail or "?"),))
        for name, well, detail in condition.platforms
    ]
    facts += _homes(context)
    facts.append(Fact(say("label.database"), (say("overview.ok" if condition.database else "overview.no_answer"),)))
    skew = condition.clock_skew
    off = skew is not None and abs(skew) > _CLOCK_OFF
    if skew is not None:
        clock = say("overview.clock_off", seconds=round(abs(skew))) if off else say("overview.clock_right")
        facts.append(Fact(say("label.clock"), (clock,)))
    mistakes = len(condition.mistakes)
    file = say("overview.mistakes", count=mistakes) if mistakes else say("overview.ok")
    facts.append(Fact(say("label.file"), (file,)))
    held: Text = (say("overview.going"),)
    if pause:
        held = held_text(pause, context)
    facts.append(Fact(say("label.posts"), held))
    if upcoming and not pause:
        facts.append(Fact(say("label.next_post"), (When(context.query.series.local(upcoming[0].due)),)))
    wrong = [not well for _, well, _ in condition.platforms]
    problems = sum([*wrong, not condition.database, off]) + max(len(troubles), mistakes > 0)
    tone = Tone.URGENT if problems else Tone.OFF if pause else Tone.OPEN
    parts: list[Part] = [Card(say("overview.health_title"), facts=tuple(facts), tone=tone)]
    parts += await _collecting(context, admin)
    if troubles:
        parts.append(Section(say("missing.troubles"), tuple((each,) for each in troubles), bulleted=True))
    if problems:
        headline = say("digest.troubles", count=problems)
    else:
        headline = is_paused(pause, context) if pause else say("overview.all_well")
    actions = (Action(say("action.todo"), "admin todo"),)
    note = say("overview.see_doctor") if problems else None
    return Reply(headline, tuple(parts), actions=(*to_resume(context), *actions) if pause else actions, note=note)


def _homes(context: ActionContext) -> Iterator[Fact]:
    """The home of each platform, and why it is that one."""
    say, name_of = context.query.say, context.services.channels.name_of
    for home in context.services.access.homes.all():
        name = name_of(home.community)
        label = say("label.home", platform=home.community.platform.capitalize())
        yield Fact(label, (say("overview.home_set" if home.is_set else "overview.home_first", home=name),))


def _without_organizers(context: ActionContext) -> Iterator[str]:
    """What makes nobody an organizer although it looks like it."""
    say, name_of, access = context.query.say, context.services.channels.name_of, context.services.access
    for home in access.homes.all():
        if home.is_joined is False and not access.admins:
            yield say("overview.home_left", home=name_of(home.community))
    for server in access.of_everybody:
        yield say("overview.everyone", server=name_of(server))


def _next_post(post: Upcoming, context: ActionContext) -> str:
    due = context.query.series.local(post.due)
    if due <= context.at:
        return context.query.say("overview.post_now", what=what_it_tells(post.subject, context))
    when = moment_written(due, context.query.language)
    return context.query.say("overview.next_post", when=when, what=what_it_tells(post.subject, context))


def _version(version: Revision, context: ActionContext) -> Entry:
    say = context.query.say
    title = _who(version, context)
    if version.lectures:
        title = say("overview.who_what", who=title, lectures=references(version.lectures, context.query.series, say))
    lines: list[Text] = [(When(context.query.series.local(version.created_at)), *_where(version, context))]
    if version.reason:
        lines.append((shortened(version.reason, FIRST_LINE),))
    return Entry(title, tuple(lines))


def _who(version: Revision, context: ActionContext) -> str:
    if version.author_name:
        return version.author_name
    return version.author if address(version.author) else context.query.say("overview.by_hand")


def _where(version: Revision, context: ActionContext) -> Text:
    place = address(version.channel)
    if place:
        return (" · ", place_named(place, context))
    return (" · ", context.query.say("overview.direct")) if address(version.author) else ()


def _following(position: int, follower: Follower, missing: tuple[str, ...], context: ActionContext) -> Entry:
    say, series = context.query.say, context.query.series
    topics = [say(f"choice.{topic}") for topic in topics_of(series) if topic in follower.topics]
    language = language_name(follower.language or series.language, say.language)
    pinged = context.services.channels.ping_named(follower, say) if follower.ping else None
    pings = (" · ", say("overview.pings", role=pinged)) if pinged else ()
    lines: list[Text] = [
        (say("join.comma").join(topics), " · ", language, *pings),
        say.text("overview.since", day=When(series.local(follower.since).date())),
    ]
    if follower.address in context.services.fixed:
        lines.append((say("overview.fixed"),))
    if missing:
        needs = say("join.comma").join(say(each) for each in missing)
        lines.append((say("overview.needs", rights=needs),))
    return Entry(say("overview.channel", position=position, place=place_named(follower.address, context)), tuple(lines))


_LECTURES: Final = 5
"""Lectures on one page, each of which may lack several things."""


async def todo(context: ActionContext, admin: AdminServices) -> Reply:
    """Problems of the bot first, then what is missing; a button shows each lecture."""
    query, say = context.query, context.query.say
    found = missing(query.series, query.now)
    page = page_of(lectures_lacking(found), _LECTURES, query)
    parts: list[Part] = []
    pause = await admin.operations.paused()
    troubles = admin.operations.troubles(query.language)
    if query.page == 1:
        parts += _troubles(pause, troubles, context)
    if found:
        shown = [each for each in found if each.lecture in page.items]
        parts.append(Listing(say("missing.title"), missing_entries(shown, query)))
    looks = tuple(
        Action(say("lecture.heading_without_title", lecture=referred(each, query.series, say)), f"lecture {each}")
        for each in page.items
    )
    if found:
        headline = missing_sentence(found, query)
    elif troubles:
        headline = say("digest.troubles", count=len(troubles))
    else:
        headline = is_paused(pause, context) if pause else say("missing.nothing")
    return Reply(headline, tuple(parts), actions=(*looks, *page.actions), note=page.note)


def _troubles(pause: Pause | None, troubles: Sequence[str], context: ActionContext) -> Iterator[Section]:
    held = (paused_text(pause, context),) if pause else ()
    if held or troubles:
        told: tuple[Text, ...] = (*held, *((each,) for each in troubles))
        yield Section(context.query.say("missing.troubles"), told, bulleted=True)
