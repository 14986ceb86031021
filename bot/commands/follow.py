"""`/follow` and `/unfollow`: whoever manages a channel decides what it receives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.announcements.planner import planned_stages
from bot.announcements.poster import Posted, Refused
from bot.announcements.selection import wanted_by
from bot.cards.view import View
from bot.commands.access import unchecked
from bot.commands.arguments import NO_ROLE, ArgumentError, bound
from bot.commands.context import ActionContext, Reply, ReplyStatus
from bot.domain.language import LANGUAGES
from bot.domain.message import (
    Action,
    Card,
    Fact,
    Form,
    FormField,
    FormInput,
    FormOption,
    Message,
    Section,
    When,
)
from bot.domain.subscriptions import Address, Follower, Topic, address, topics_of
from bot.i18n import Phrases, phrases
from bot.i18n.languages import language_name

_LAST: Final = datetime.max.replace(tzinfo=UTC)


async def follow(context: ActionContext) -> Reply:
    """Has the channel receive posts, or changes which; says so in the channel itself, which tries it out. There is one
    greeting, and later settings are written into it."""
    refusal = _refusal(context)
    if refusal:
        return refusal
    say, channel, services = context.query.say, _channel(context), context.services
    if "choose" in context.query.invocation.settings:
        known = await services.followers.follower(channel)
        return _by_form(context, known or Follower(channel, context.at))
    try:
        changes = context.values or bound(context.query.invocation.spec.parameters, context.query.invocation.argument)
    except ArgumentError as misfit:
        return Reply(
            say("follow.misfit", typed=str(misfit)), note=say("follow.example"), outcome=ReplyStatus.MISUNDERSTOOD
        )
    known = await services.followers.follower(channel)
    wanted = _wanted(known or Follower(channel, context.at), changes)
    if wrong := _wrong_role(context, wanted, known):
        return wrong
    if known == wanted:
        return _settings(context, wanted, say("follow.unchanged"))
    language, by = wanted.language or context.query.series.language, str(context.user.person)
    greeting = _greeting(context, wanted, phrases(language))
    await services.followers.follow(wanted, by, context.at)  # before anybody is told so
    tried = await services.channels.greet(channel, greeting, language, known.greeting if known else None)
    missing = await services.channels.missing_rights(channel)
    if not isinstance(tried, Posted):
        await _take_back(known, context)
        reason = f"{tried.why}: {tried.detail}" if isinstance(tried, Refused) else tried.detail
        needs = _needs(say, missing)
        return Reply(
            say("follow.not_possible", reason=reason), needs, note=say("follow.again"), outcome=ReplyStatus.REFUSED
        )
    wanted = replace(wanted, greeting=tried.message)
    await services.followers.follow(wanted, by, context.at)
    services.channels.wake()
    reply = _settings(context, wanted, say("follow.changed" if known else "follow.done"))
    return Reply(reply.headline, (*reply.parts, *_needs(say, missing)), actions=reply.actions, note=reply.note)


def _wrong_role(context: ActionContext, wanted: Follower, known: Follower | None) -> Reply | None:
    """What is wrong with a role that was chosen just now."""
    if wanted.ping is None or (known and known.ping == wanted.ping):
        return None
    trouble = context.services.channels.ping_trouble(wanted.address, wanted.ping)
    if trouble is None:
        return None
    say = context.query.say
    told = say(trouble, role=context.services.channels.ping_named(wanted, say))
    return Reply(told, actions=(Action(say("action.settings"), "follow choose=settings"),), outcome=ReplyStatus.REFUSED)


async def _take_back(known: Follower | None, context: ActionContext) -> None:
    """Has the channel receive what it did before."""
    followers, by = context.services.followers, str(context.user.person)
    if known:
        await followers.follow(known, by, context.at)
    else:
        await followers.unfollow(_channel(context), by, context.at)


async def unfollow(context: ActionContext) -> Reply:
    """Has the channel receive no more posts; for organizers, the one whose address is named."""
    named = address(context.query.invocation.argument)
    elsewhere = named if context.services.access.is_admin(context.user) else None
    refusal = None if elsewhere else _refusal(context)
    if refusal:
        return refusal
    say, channel = context.query.say, elsewhere or _channel(context)
    if channel in context.services.fixed:
        return Reply(
            say("unfollow.fixed", channel=context.services.channels.name_of(channel)), outcome=ReplyStatus.REFUSED
        )
    gone = await context.services.followers.unfollow(channel, str(context.user.person), context.at)
    return Reply(say("unfollow.done" if gone else "unfollow.not_following"))


def _refusal(context: ActionContext) -> Reply | None:
    say = context.query.say
    if context.user.channel is None:
        return Reply(
            say("follow.not_here"), actions=(Action(say("action.notify"), "notify"),), outcome=ReplyStatus.REFUSED
        )
    if not context.services.access.may_manage_channel(context.user):
        user = context.user
        known = user.unchecked is None
        told = say(f"follow.not_allowed.{user.person.platform}") if known else unchecked(user, say)
        return Reply(told, outcome=ReplyStatus.REFUSED)
    return None


def _channel(context: ActionContext) -> Address:
    channel = context.user.channel
    if channel is None:
        raise ValueError("a direct message can't follow")
    return channel


def _wanted(known: Follower, changes: Mapping[str, str]) -> Follower:
    topics = changes.get("topics", "").split(",")
    chosen = frozenset(Topic) if "all" in topics else frozenset(each for each in Topic if each in topics)
    language = next((each for each in LANGUAGES if each == changes.get("language")), known.language)
    ping = changes.get("ping", known.ping)
    return replace(
        known,
        topics=chosen or known.topics,
        language=language,
        ping=None if ping in ("", NO_ROLE) else ping,
        pinned={"pin": True, "unpin": False}.get(changes.get("card", ""), known.pinned),
    )


def _by_form(context: ActionContext, follower: Follower) -> Reply:
    """The settings of a channel as a form."""
    say, series = context.query.say, context.query.series
    reader, spoken = say.language, follower.language or series.language
    topics = tuple(FormOption(each, say(f"choice.{each}")) for each in topics_of(series))
    languages = tuple(FormOption(each, language_name(each, reader)) for each in LANGUAGES)
    cards = tuple(FormOption(each, say(f"choice.{each}")) for each in ("pin", "unpin"))
    chosen = ",".join(each.value for each in topics if each.value in follower.topics)
    usual = FormField("", "", required=True, line="follow")
    one, several = replace(usual, input=FormInput.ONE), replace(usual, input=FormInput.SEVERAL)
    role = replace(usual, input=FormInput.ROLE, required=False, hint=say("follow.ping_hint"))
    fields = (
        replace(several, name="topics", label=say("label.topics"), value=chosen, options=topics),
        replace(one, name="language", label=say("label.posts_language"), value=spoken, options=languages),
        replace(role, name="ping", label=say("label.ping"), value=follower.ping or ""),
        replace(one, name="card", label=say("label.card"), value="pin" if follower.pinned else "unpin", options=cards),
    )
    return Reply(say("follow.settings"), form=Form(say("follow.form"), fields, "follow"))


def _greeting(context: ActionContext, follower: Follower, say: Phrases) -> Message:
    """What the channel gets to see at once, so that everybody there knows what will come."""
    series = context.query.series
    name = series.name.into(say.language)
    facts = tuple(_facts(context, follower, say))
    to_be_pinged = (Action(say("action.pings"), "notify pings on"),) if follower.ping else ()
    actions = (Action(say("action.next"), "next"), Action(say("action.notify"), "notify"), *to_be_pinged)
    return Message(say("follow.greeting", series=name), (Card(name, facts=facts),), actions=actions, silent=True)


def _settings(context: ActionContext, follower: Follower, headline: str) -> Reply:
    say = context.query.say
    return Reply(
        headline,
        (Card(say("follow.settings"), facts=tuple(_facts(context, follower, say))),),
        actions=(Action(say("action.settings"), "follow choose=settings"), Action(say("action.unfollow"), "unfollow")),
        note=context.query.say_fitting("follow.example"),
    )


def _facts(context: ActionContext, follower: Follower, say: Phrases) -> list[Fact]:
    topics = [say(f"choice.{topic}") for topic in topics_of(context.query.series) if topic in follower.topics]
    language = follower.language or context.query.series.language
    facts = [
        Fact(say("label.topics"), (say("join.comma").join(topics),)),
        Fact(say("label.posts_language"), (language_name(language, say.language),)),
    ]
    if follower.ping:
        view = View(context.query.series, context.query.now, say.language)
        role = context.services.channels.ping_named(follower, say)
        facts.append(Fact(say("label.ping"), (view.say_fitting("follow.pings", role=role),)))
    if follower.pinned:
        facts.append(Fact(say("label.card"), (say("follow.pinned"),)))
    series, now = context.query.series, context.query.now
    coming = (each for each in planned_stages(series, now, _LAST) if wanted_by(follower, each))
    following = next(coming, None)
    if following:
        facts.append(Fact(say("label.next_post"), (When(following.due),)))
    return facts


def _needs(say: Phrases, missing: tuple[str, ...]) -> tuple[Section, ...]:
    if not missing:
        return ()
    return (Section(say("follow.missing"), tuple((say(each),) for each in missing), bulleted=True),)
