"""What organizers look at to know how the bot is doing, and the switch that silences it."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from bot.announcements.operations import Upcoming
from bot.announcements.post import Matter, kinds, lectures_of
from bot.announcements.state import Pause
from bot.cards.lecture import numbers
from bot.cards.missing import lectures_lacking, missing_entries, missing_sentence
from bot.commands.admin.draft_view import place_named, places_named
from bot.commands.context import Act, Management, Reply
from bot.commands.lectures import lecture_meant, page_of
from bot.domain.excerpts import shortened
from bot.domain.lecture import Lecture
from bot.domain.message import Action, Card, Entry, Fact, Listing, Part, Section, Text, Tone, When
from bot.domain.missing import missing
from bot.domain.subscriptions import Follower, Topic, address
from bot.i18n import moment_written
from bot.schedule.revisions import Revision

_POSTS: Final = 10
"""Posts on a page of the plan."""

_MOST_POSTS: Final = 50
_VERSIONS: Final = 8
"""Versions on a page of the log."""

_MOST_VERSIONS: Final = 40
_FIRST_LINE: Final = 120
_CLOCK_OFF: Final = 5.0
"""Seconds by which a clock may be off before anybody needs to know."""


async def plan(act: Act, management: Management) -> Reply:
    """The posts to come: when, what about, where, and how they begin."""
    say = act.question.say
    posts = await management.operations.upcoming(_MOST_POSTS)
    pause = await management.operations.paused()
    parts: list[Part] = []
    if pause:
        since = When(act.question.series.local(pause.since))
        parts.append(Section(say("overview.paused_title"), (say.text("overview.paused", by=pause.by, since=since),)))
    if not posts:
        return Reply(say("overview.no_posts"), tuple(parts), note=say("overview.no_posts_why"))
    page = page_of(posts, _POSTS, act.question)
    parts.append(Listing(say("overview.plan_title"), tuple(_planned(each, act) for each in page.items)))
    headline = _paused_headline(act) if pause else _next_post(posts[0], act)
    return Reply(headline, tuple(parts), actions=page.actions, note=page.note)


async def log(act: Act, management: Management) -> Reply:
    """Who changed what, the latest first."""
    say, number = act.question.say, None
    if act.question.invocation.argument:
        lecture = lecture_meant(act.question)
        if not isinstance(lecture, Lecture):
            return lecture
        number = lecture.number
    versions = await management.revisions.latest(_MOST_VERSIONS, number)
    if not versions:
        return Reply(say("overview.no_log_of", number=number) if number else say("overview.no_log"))
    page = page_of(versions, _VERSIONS, act.question)
    listing = Listing(say("overview.log_title"), tuple(_version(each, act) for each in page.items))
    latest = versions[0]
    when = moment_written(act.question.series.local(latest.at), act.question.language)
    return Reply(
        say("overview.last_change", who=_who(latest, act), when=when),
        (listing,),
        actions=(*page.actions, Action(say("action.undo"), f"admin undo {number}" if number else "admin undo")),
        note=page.note,
    )


async def channels(act: Act, management: Management) -> Reply:
    """Who follows what, and what the bot may not do there."""
    say = act.question.say
    followers = await act.office.followers.followers()
    following = [each for each in followers if not each.address.is_person]
    people = len(followers) - len(following)
    told = say("overview.people_reminded", count=people) if people else None
    if not following:
        return Reply(say("speaking.nobody_follows"), note=told)
    rights = await asyncio.gather(*(act.office.channels.missing_rights(each.address) for each in following))
    entries = tuple(
        _following(position, follower, missing, act)
        for position, (follower, missing) in enumerate(zip(following, rights, strict=True), 1)
    )
    lacking = sum(map(bool, rights))
    headline = say("overview.channels", count=len(following))
    if lacking:
        headline = say("join.sentences", first=headline, second=say("overview.channels_lacking", count=lacking))
    return Reply(headline, (Listing(say("overview.channels_title"), entries),), note=told)


async def health(act: Act, management: Management) -> Reply:
    """Whether all is well, and what is not."""
    say, operations = act.question.say, management.operations
    condition = operations.condition(act.question.language)
    pause = await operations.paused()
    upcoming = await operations.upcoming(1)
    troubles = operations.troubles(act.question.language)
    facts = [
        Fact(name.capitalize(), (say("overview.connected") if well else say("overview.down", detail=detail or "?"),))
        for name, well, detail in condition.platforms
    ]
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
        held = say.text("overview.held", by=pause.by, since=When(act.question.series.local(pause.since)))
    facts.append(Fact(say("label.posts"), held))
    if upcoming and not pause:
        facts.append(Fact(say("label.next_post"), (When(act.question.series.local(upcoming[0].due)),)))
    wrong = [not well for _, well, _ in condition.platforms]
    problems = sum([*wrong, not condition.database, off]) + max(len(troubles), mistakes > 0)
    tone = Tone.URGENT if problems else Tone.OFF if pause else Tone.OPEN
    parts: list[Part] = [Card(say("overview.health_title"), facts=tuple(facts), tone=tone)]
    if troubles:
        parts.append(Section(say("missing.troubles"), tuple((each,) for each in troubles), bulleted=True))
    if problems:
        headline = say("digest.troubles", count=problems)
    else:
        headline = _paused_headline(act) if pause else say("overview.all_well")
    actions = (Action(say("action.todo"), "admin todo"),)
    return Reply(headline, tuple(parts), actions=(*_resume(act), *actions) if pause else actions)


async def pause(act: Act, management: Management) -> Reply:
    """Holds all posts back."""
    say, operations = act.question.say, management.operations
    begun = await operations.pause(_name(act), paused=True)
    held = await operations.paused()
    if not begun and held:
        since = moment_written(act.question.series.local(held.since), act.question.language)
        headline = say("overview.paused_already", by=held.by, since=since)
    else:
        headline = say("overview.paused_now")
    lines: tuple[Text, ...] = tuple((say(f"overview.pause.{each}"),) for each in ("waits", "goes", "answers"))
    return Reply(headline, (Section(say("overview.pause.title"), lines, bulleted=True),), actions=_resume(act))


async def resume(act: Act, management: Management) -> Reply:
    """Lets posts go out again; says which go out at once."""
    say, operations = act.question.say, management.operations
    waiting = [each for each in await operations.upcoming(_MOST_POSTS) if each.due <= act.at]
    if not await operations.pause(_name(act), paused=False):
        return Reply(say("overview.not_paused"), actions=_pause(act))
    if not waiting:
        return Reply(say("overview.resumed_none"), actions=_pause(act))
    listing = Listing(say("overview.waiting_title"), tuple(_planned(each, act) for each in waiting[:_POSTS]))
    return Reply(say("overview.resumed", count=len(waiting)), (listing,), actions=_pause(act))


def _name(act: Act) -> str:
    return act.asker.name or str(act.asker.person)


def _resume(act: Act) -> tuple[Action, ...]:
    return (Action(act.question.say("action.resume"), "admin resume"),)


def _pause(act: Act) -> tuple[Action, ...]:
    return (Action(act.question.say("action.pause"), "admin pause"),)


def _paused_headline(act: Act) -> str:
    return act.question.say("overview.is_paused")


def _next_post(post: Upcoming, act: Act) -> str:
    due = act.question.series.local(post.due)
    if due <= act.at:
        return act.question.say("overview.post_now", what=_what(post.matter, act))
    when = moment_written(due, act.question.language)
    return act.question.say("overview.next_post", when=when, what=_what(post.matter, act))


def _what(matter: Matter, act: Act) -> str:
    say = act.question.say
    names = [say(f"kind.{each}") for each in kinds(matter)]
    lectures = numbers(lectures_of(matter), say)
    return say("overview.what", lectures=lectures, kinds=say("join.comma").join(names))


def _planned(post: Upcoming, act: Act) -> Entry:
    say = act.question.say
    due = act.question.series.local(post.due)
    places = places_named([each.address for each in post.followers], act)
    lines: tuple[Text, ...] = (
        (When(due),),
        (say("overview.to", places=places),),
        (shortened(post.text, _FIRST_LINE),),
    )
    what = _what(post.matter, act)
    return Entry(what[:1].upper() + what[1:], lines)


def _version(version: Revision, act: Act) -> Entry:
    say = act.question.say
    title = _who(version, act)
    if version.lectures:
        title = say("overview.who_what", who=title, lectures=numbers(version.lectures, say))
    lines: list[Text] = [(When(act.question.series.local(version.at)), *_where(version, act))]
    if version.why:
        lines.append((shortened(version.why, _FIRST_LINE),))
    return Entry(title, tuple(lines))


def _who(version: Revision, act: Act) -> str:
    if version.name:
        return version.name
    return version.who if address(version.who) else act.question.say("overview.by_hand")


def _where(version: Revision, act: Act) -> Text:
    place = address(version.where)
    if place:
        return (" · ", place_named(place, act))
    return (" · ", act.question.say("overview.direct")) if address(version.who) else ()


def _following(position: int, follower: Follower, missing: tuple[str, ...], act: Act) -> Entry:
    say, series = act.question.say, act.question.series
    topics = [say(f"choice.{topic}") for topic in Topic if topic in follower.topics]
    language = say(f"language.{follower.language or series.language}")
    lines: list[Text] = [
        (say("join.comma").join(topics), " · ", language, *((" · ", say("overview.pings")) if follower.ping else ())),
        say.text("overview.since", day=When(series.local(follower.since).date())),
    ]
    if follower.address in act.office.fixed:
        lines.append((say("overview.fixed"),))
    if missing:
        needs = say("join.comma").join(say(each) for each in missing)
        lines.append((say("overview.needs", rights=needs),))
    return Entry(say("overview.channel", position=position, place=place_named(follower.address, act)), tuple(lines))


_LECTURES: Final = 5
"""Lectures on one page, each of which may lack several things."""


async def todo(act: Act, management: Management) -> Reply:
    """First what troubles the bot, then what is missing; each lecture can be looked at by a button."""
    question, say = act.question, act.question.say
    found = missing(question.series, question.now)
    page = page_of(lectures_lacking(found), _LECTURES, question)
    parts: list[Part] = []
    pause = await management.operations.paused()
    troubles = management.operations.troubles(question.language)
    if question.page == 1:
        parts += _troubles(pause, troubles, act)
    if found:
        shown = [each for each in found if each.lecture in page.items]
        parts.append(Listing(say("missing.title"), missing_entries(shown, question)))
    looks = tuple(
        Action(say("lecture.heading_without_title", number=number), f"lecture {number}") for number in page.items
    )
    if found:
        headline = missing_sentence(found, question)
    elif troubles:
        headline = say("digest.troubles", count=len(troubles))
    else:
        headline = say("overview.is_paused" if pause else "missing.nothing")
    return Reply(headline, tuple(parts), actions=(*looks, *page.actions), note=page.note)


def _troubles(pause: Pause | None, troubles: Sequence[str], act: Act) -> Iterator[Section]:
    say, series = act.question.say, act.question.series
    held: list[Text] = []
    if pause:
        held.append(say.text("overview.paused", by=pause.by, since=When(series.local(pause.since))))
    if held or troubles:
        told = (*held, *((each,) for each in troubles))
        yield Section(say("missing.troubles"), told, bulleted=True)
