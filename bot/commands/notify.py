"""`/notify`: reminders by direct message for those who ask for them, and the opting in to pings."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.announcements.planner import planned_stages
from bot.announcements.poster import Posted, Refused
from bot.announcements.selection import wanted_by
from bot.cards.lecture import heading
from bot.cards.naming import reference, references
from bot.commands.arguments import ArgumentError, bound, choice_meant
from bot.commands.context import ActionContext, Reply, ReplyStatus
from bot.commands.examples import example, known_lecture
from bot.commands.lectures import lecture_meant
from bot.commands.registry import PINGS
from bot.commands.stop_words import is_empty
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Lecture, Phase, in_order
from bot.domain.message import Action, Card, Fact, Form, FormField, FormInput, FormOption, Message, Section, When
from bot.domain.subscriptions import Follower, Topic, topics_of
from bot.domain.text import searchable
from bot.i18n import phrases

_USUAL: Final = frozenset({Topic.DEADLINES, Topic.REMINDERS, Topic.CHANGES})
"""What somebody gets who asks for reminders and for nothing in particular."""

_STATES: Final = {
    "off": "止め|停止|解除|おふ|不要|いらない|要らない|やめ|"
    "(?<![a-z])(?:stop|cancel|unsubscribe|disable|none)(?![a-z])",
    "on": "おん|始め|開始|欲しい|ほしい|有効|(?<![a-z])(?:start|subscribe|enable|yes)(?![a-z])",
}
_ENDING: Final = "[ぁ-ゖ]{1,4}$"
_ALL: Final = "全部|全て|すべて|ぜんぶ|りまいんど|(?<![a-z])(?:all|everything)(?![a-z])"

_LAST: Final = datetime.max.replace(tzinfo=UTC)


async def notify(context: ActionContext) -> Reply:
    """Shows or changes what the person is told by direct message."""
    query, say = context.query, context.query.say
    if "choose" in query.invocation.settings:
        return await _by_form(context)
    try:
        changes = _usual(bound(query.invocation.spec.parameters, query.invocation.argument))
    except ArgumentError as misfit:
        typed = str(misfit)
        return Reply(say("notify.misfit", typed=typed), note=_examples(context), outcome=ReplyStatus.MISUNDERSTOOD)
    what, on = _what(changes), changes.get("state") != "off"
    if what == PINGS:
        return await _pings(context, on=on)
    known = await context.services.followers.follower(context.user.person)
    if what is None:
        return _state(context, known) if "state" not in changes else await _everything(context, known, on=on)
    if what in set(Topic):
        return await _topic(context, known, Topic(what), on=on)
    meant = lecture_meant(replace(query, invocation=replace(query.invocation, argument=what)))
    if isinstance(meant, Reply):
        return meant
    return await _lecture(context, known, meant, on=on)


def _usual(changes: Mapping[str, str]) -> Mapping[str, str]:
    """The values, with other words for on, off and everything as what they mean."""
    said = searchable(changes.get("what", ""))
    state = next((state for state, words in _STATES.items() if re.search(words, said)), None)
    named = re.sub("|".join((*_STATES.values(), _ALL)), " ", said)
    if (not state and not re.search(_ALL, said)) or not is_empty(re.sub(_ENDING, "", named)):
        return changes
    return {"state": changes.get("state", state or "on")}


def _what(changes: Mapping[str, str]) -> str | None:
    typed = changes.get("what")
    if not typed or is_empty(typed):
        return None
    within = (topic for topic in Topic if any(name in searchable(typed) for name in _names_of(topic)))
    return choice_meant((*Topic, PINGS), typed) or next(within, typed)


def _names_of(topic: Topic) -> tuple[str, ...]:
    """What a topic is called, in the singular."""
    return (topic.removesuffix("s"), *(searchable(phrases(each)(f"choice.{topic}")) for each in LANGUAGES))


async def _by_form(context: ActionContext) -> Reply:
    """The topics as a form or, if it comes back filled in, what was chosen there."""
    say, known = context.query.say, await context.services.followers.follower(context.user.person)
    offered = topics_of(context.query.series)
    if "topics" in context.values:
        chosen = frozenset(each for each in offered if each in context.values["topics"].split(","))
        if not chosen:
            return await _everything(context, known, on=False)
        return await _saved(context, replace(_fresh(context, known), topics=chosen), say("notify.changed"))
    options = tuple(FormOption(each, say(f"choice.{each}")) for each in offered)
    before = ",".join(each for each in offered if each in (known.topics if known else _USUAL))
    title, hint = say("notify.form"), say("notify.topics_hint")
    topics = FormField("topics", say("label.topics"), before, hint=hint, input=FormInput.SEVERAL, options=options)
    return Reply(title, form=Form(title, (replace(topics, line="notify"),), "notify choose=topics"))


async def _everything(context: ActionContext, known: Follower | None, *, on: bool) -> Reply:
    say = context.query.say
    if not on:
        await context.services.followers.unfollow(context.user.person, str(context.user.person), context.at)
        return Reply(say("notify.off"), actions=(Action(say("action.notify_on"), "notify on"),))
    return await _saved(context, replace(_fresh(context, known), lectures=None), context.query.say_fitting("notify.on"))


async def _topic(context: ActionContext, known: Follower | None, topic: Topic, *, on: bool) -> Reply:
    say, label = context.query.say, context.query.say(f"choice.{topic}")
    if known is None and not on:
        return _state(context, None)
    before = known or replace(_fresh(context, None), topics=frozenset())
    topics = before.topics | {topic} if on else before.topics - {topic}
    if not topics:
        return await _everything(context, known, on=False)
    headline = say("notify.topic_on" if on else "notify.topic_off", topic=label)
    return await _saved(context, replace(before, topics=topics), headline)


async def _lecture(context: ActionContext, known: Follower | None, lecture: Lecture, *, on: bool) -> Reply:
    say, name = context.query.say, reference(lecture, context.query.say)
    if known is not None and known.lectures is None:
        return _state(context, known, say("notify.all_anyway" if on else "notify.all_still", lecture=name))
    if not on:
        left = (known.lectures or frozenset()) - {lecture.id} if known else frozenset()
        headline = say("notify.lecture_off", lecture=name)
        if not known or not left:
            await context.services.followers.unfollow(context.user.person, str(context.user.person), context.at)
            return Reply(headline, actions=(Action(say("action.notify_lecture"), f"notify {lecture.id} on"),))
        return await _saved(context, replace(known, lectures=left), headline)
    if lecture.phase(context.query.now) in (Phase.OVER, Phase.CANCELLED):
        headline = say(f"lecture.{lecture.phase(context.query.now)}", lecture=name)
        return Reply(headline, note=say("notify.nothing_to_come"), outcome=ReplyStatus.REFUSED)
    lectures = ((known.lectures or frozenset()) if known else frozenset()) | {lecture.id}
    headline = say("notify.lecture_on", lecture=heading(lecture, context.query))
    return await _saved(context, replace(_fresh(context, known), lectures=lectures), headline)


async def _pings(context: ActionContext, *, on: bool) -> Reply:
    say, channel = context.query.say, context.user.channel
    follower = await context.services.followers.follower(channel) if channel else None
    if channel is None or follower is None or follower.ping is None:
        return Reply(say("notify.no_pings_here"), outcome=ReplyStatus.NOT_FOUND)
    outcome = await context.services.channels.set_group(context.user.person, channel, follower.ping, member=on)
    if outcome is None:
        return Reply(say("notify.pings_elsewhere"), outcome=ReplyStatus.REFUSED)
    if isinstance(outcome, Posted):
        told = context.query.say_fitting("notify.pings_on") if on else say("notify.pings_off")
        back = Action(say("action.pings_off" if on else "action.pings"), f"notify pings {'off' if on else 'on'}")
        return Reply(told, actions=(back,))
    detail = f"{outcome.why}: {outcome.detail}" if isinstance(outcome, Refused) else outcome.detail
    return Reply(say("notify.pings_failed", reason=detail), outcome=ReplyStatus.REFUSED)


def _fresh(context: ActionContext, known: Follower | None) -> Follower:
    """What the person wants so far, from now on and in the language just spoken."""
    if known:
        return replace(known, since=context.at, language=context.query.language)
    return Follower(context.user.person, context.at, _USUAL, language=context.query.language)


async def _saved(context: ActionContext, wanted: Follower, headline: str) -> Reply:
    """Keeps what somebody wants; to who wants something for the first time a message is sent at once, which shows that
    messages arrive. If one is refused, the wish is kept all the same: people pause their messages for a day."""
    services, person = context.services, context.user.person
    is_new = await services.followers.follower(person) is None
    await services.followers.follow(wanted, str(person), context.at)
    services.channels.wake()
    reply = _state(context, wanted, headline)
    if not is_new:
        return reply
    sent = await services.channels.greet(person, _welcome(context), context.query.language, None)
    if not isinstance(sent, Refused):
        return reply
    told = context.query.say(f"notify.no_message.{person.platform}")
    return replace(reply, parts=(Section("", ((told,),)), *reply.parts))


def _welcome(context: ActionContext) -> Message:
    say, name = context.query.say, context.query.series.name.into(context.query.language)
    stop = Action(say("action.notify_off"), "notify off")
    return Message(say("notify.welcome", series=name), actions=(stop,), silent=True)


def _examples(context: ActionContext) -> str:
    query = context.query
    lecture = known_lecture(query)
    if not lecture:
        return query.say("lookup.example", example=example(query.invocation.spec, query))
    return query.say("notify.example", id=lecture.id)


def _state(context: ActionContext, follower: Follower | None, headline: str | None = None) -> Reply:
    """What the person is told, when next, and how to change that."""
    say = context.query.say
    if follower is None:
        return Reply(
            headline or say("notify.nothing"),
            actions=(Action(say("action.notify_on"), "notify on"),),
            note=_examples(context),
        )
    offered = topics_of(context.query.series)
    topics = [say(f"choice.{topic}") for topic in offered if topic in follower.topics]
    about = (
        say("notify.all_lectures")
        if follower.lectures is None
        else references(in_order(follower.lectures), context.query.series, say)
    )
    facts = [
        Fact(say("label.reminded_of"), (about,)),
        Fact(say("label.topics"), (say("join.comma").join(topics),)),
    ]
    planned = planned_stages(context.query.series, context.query.now, _LAST)
    following = next((each for each in planned if wanted_by(follower, each)), None)
    if following:
        facts.append(Fact(say("label.next_reminder"), (When(following.due),)))
    switches = [
        Action(say(f"notify.switch_{'off' if topic in follower.topics else 'on'}", topic=say(f"choice.{topic}")), line)
        for topic in offered
        for line in [f"notify {topic} {'off' if topic in follower.topics else 'on'}"]
    ]
    return Reply(
        headline or say("notify.state"),
        (Card(say("notify.title"), facts=tuple(facts)),),
        actions=(
            *switches,
            Action(say("action.notify_topics"), "notify choose=topics"),
            Action(say("action.notify_off"), "notify off"),
        ),
        note=_examples(context),
    )
