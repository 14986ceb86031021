"""`/notify`: reminders by direct message for those who ask for them, and the opting in to pings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.announcements.planner import planned_stages, wanted_by
from bot.announcements.poster import Posted, Refused
from bot.cards.lecture import heading, numbers
from bot.commands.context import Act, Reply, ReplyStatus
from bot.commands.lectures import lecture_meant
from bot.commands.parser import Misfit, bound, choice_meant
from bot.commands.registry import PINGS
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, Card, Fact, When
from bot.domain.subscriptions import Follower, Topic

_USUAL: Final = frozenset({Topic.DEADLINES, Topic.REMINDERS, Topic.CHANGES})
"""What somebody gets who asks for reminders and for nothing in particular."""

_LAST: Final = datetime.max.replace(tzinfo=UTC)


async def notify(act: Act) -> Reply:
    """Shows or changes what the person is told by direct message."""
    question, say = act.question, act.question.say
    try:
        wishes = bound(question.invocation.spec.parameters, question.invocation.argument)
    except Misfit as misfit:
        typed = str(misfit)
        return Reply(say("notify.misfit", typed=typed), note=say("notify.example"), outcome=ReplyStatus.MISUNDERSTOOD)
    what, on = _what(wishes), wishes.get("state") != "off"
    if what == PINGS:
        return await _pings(act, on=on)
    known = await act.office.followers.follower(act.asker.person)
    if what is None:
        return _state(act, known) if "state" not in wishes else await _everything(act, known, on=on)
    if what in set(Topic):
        return await _topic(act, known, Topic(what), on=on)
    meant = lecture_meant(replace(question, invocation=replace(question.invocation, argument=what)))
    if isinstance(meant, Reply):
        return meant
    return await _lecture(act, known, meant, on=on)


def _what(wishes: Mapping[str, str]) -> str | None:
    typed = wishes.get("what")
    return (choice_meant((*Topic, PINGS), typed) or typed) if typed else None


async def _everything(act: Act, known: Follower | None, *, on: bool) -> Reply:
    say = act.question.say
    if not on:
        await act.office.followers.unfollow(act.asker.person, str(act.asker.person), act.at)
        return Reply(say("notify.off"), actions=(Action(say("action.notify_on"), "notify on"),))
    return await _saved(act, replace(_fresh(act, known), lectures=None), say("notify.on"))


async def _topic(act: Act, known: Follower | None, topic: Topic, *, on: bool) -> Reply:
    say, label = act.question.say, act.question.say(f"choice.{topic}")
    if known is None and not on:
        return _state(act, None)
    before = known or replace(_fresh(act, None), topics=frozenset())
    topics = before.topics | {topic} if on else before.topics - {topic}
    if not topics:
        return await _everything(act, known, on=False)
    headline = say("notify.topic_on" if on else "notify.topic_off", topic=label)
    return await _saved(act, replace(before, topics=topics), headline)


async def _lecture(act: Act, known: Follower | None, lecture: Lecture, *, on: bool) -> Reply:
    say, number = act.question.say, lecture.number
    if known is not None and known.lectures is None:
        return _state(act, known, say("notify.all_anyway" if on else "notify.all_still", number=number))
    if not on:
        left = (known.lectures or frozenset()) - {number} if known else frozenset()
        headline = say("notify.lecture_off", number=number)
        if not known or not left:
            await act.office.followers.unfollow(act.asker.person, str(act.asker.person), act.at)
            return Reply(headline, actions=(Action(say("action.notify_lecture"), f"notify {number} on"),))
        return await _saved(act, replace(known, lectures=left), headline)
    if lecture.phase(act.question.now) in (Phase.OVER, Phase.CANCELLED):
        name = f"lecture.{lecture.phase(act.question.now)}"
        return Reply(say(name, number=number), note=say("notify.nothing_to_come"), outcome=ReplyStatus.REFUSED)
    lectures = ((known.lectures or frozenset()) if known else frozenset()) | {number}
    headline = say("notify.lecture_on", lecture=heading(lecture, act.question))
    return await _saved(act, replace(_fresh(act, known), lectures=lectures), headline)


async def _pings(act: Act, *, on: bool) -> Reply:
    say, channel = act.question.say, act.asker.channel
    follower = await act.office.followers.follower(channel) if channel else None
    if channel is None or follower is None or follower.ping is None:
        return Reply(say("notify.no_pings_here"), outcome=ReplyStatus.NOT_FOUND)
    outcome = await act.office.channels.set_group(act.asker.person, channel, follower.ping, member=on)
    if outcome is None:
        return Reply(say("notify.pings_elsewhere"), outcome=ReplyStatus.REFUSED)
    if isinstance(outcome, Posted):
        return Reply(say("notify.pings_on" if on else "notify.pings_off"))
    detail = f"{outcome.why}: {outcome.detail}" if isinstance(outcome, Refused) else outcome.detail
    return Reply(say("notify.pings_failed", reason=detail), outcome=ReplyStatus.REFUSED)


def _fresh(act: Act, known: Follower | None) -> Follower:
    """What the person wants so far, from now on and in the language just spoken."""
    if known:
        return replace(known, since=act.at, language=act.question.language)
    return Follower(act.asker.person, act.at, _USUAL, language=act.question.language)


async def _saved(act: Act, wanted: Follower, headline: str) -> Reply:
    await act.office.followers.follow(wanted, str(act.asker.person), act.at)
    act.office.channels.wake()
    return _state(act, wanted, headline)


def _state(act: Act, follower: Follower | None, headline: str | None = None) -> Reply:
    """What the person is told, when next, and how to change that."""
    say = act.question.say
    if follower is None:
        return Reply(
            headline or say("notify.nothing"),
            actions=(Action(say("action.notify_on"), "notify on"),),
            note=say("notify.example"),
        )
    topics = [say(f"choice.{topic}") for topic in Topic if topic in follower.topics]
    about = say("notify.all_lectures") if follower.lectures is None else numbers(tuple(sorted(follower.lectures)), say)
    facts = [
        Fact(say("label.reminded_of"), (about,)),
        Fact(say("label.topics"), (say("join.comma").join(topics),)),
    ]
    planned = planned_stages(act.question.series, act.question.now, _LAST)
    following = next((each for each in planned if wanted_by(follower, each)), None)
    if following:
        facts.append(Fact(say("label.next_reminder"), (When(following.due),)))
    switches = [
        Action(say(f"notify.switch_{'off' if topic in follower.topics else 'on'}", topic=say(f"choice.{topic}")), line)
        for topic in Topic
        for line in [f"notify {topic} {'off' if topic in follower.topics else 'on'}"]
    ]
    return Reply(
        headline or say("notify.state"),
        (Card(say("notify.title"), facts=tuple(facts)),),
        actions=(*switches, Action(say("action.notify_off"), "notify off")),
        note=say("notify.example"),
    )
