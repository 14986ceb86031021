"""`/admin announce`: an organizer's own text to the channels that follow; it can be corrected and withdrawn later."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from bot.announcements.operations import Announcement
from bot.announcements.post import free_post
from bot.cards.view import View
from bot.commands.admin.announcement_text import ANNOUNCE, CORRECT, announcement_form, announcement_text, problem_of
from bot.commands.admin.draft_view import places_named
from bot.commands.admin.drafts import MINUTES_VALID, FilledIn, FreeText
from bot.commands.admin.fields import FieldError, cleaned
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.domain.language import Language, Localized
from bot.domain.message import Action, Part, Section
from bot.domain.subscriptions import Address, Follower
from bot.domain.text import folded
from bot.i18n import moment_written

_HERE: Final = "here"
_FIRST_WORD: Final = re.compile(r"(\S+)(?:\s+(.*))?", re.DOTALL)
_MOST_EARLIER: Final = 2
"""Earlier announcements that are offered where the latest may not be meant."""


class _Step(StrEnum):
    """What is done with a text that was announced already."""

    CORRECT = CORRECT
    WITHDRAW = "withdraw"


_STEPS: Final = {
    **dict.fromkeys(("correct", "訂正", "修正"), _Step.CORRECT),
    **dict.fromkeys(("withdraw", "撤回", "取消", "取り消し"), _Step.WITHDRAW),
}


async def announce(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin announce text`, in one language or several; `correct text` and `withdraw` are about the latest one.

    `of=…`, as buttons have it, names another one. Without a text it asks by form. Nothing is posted, edited or deleted
    before the same person says so.
    """
    step, typed = _understood(context.query.invocation.argument)
    of = context.query.invocation.settings.get("of")
    if step is None and of is None:
        return await _asked_or_form(context, admin, typed, None)
    known = await admin.operations.announcements()
    meant = next((each for each in known if of in (None, each.subject.id)), None)
    if meant is None:
        say = context.query.say
        return Reply(say("speaking.none_stands"), note=say("speaking.example"), outcome=ReplyStatus.NOT_FOUND)
    if step is _Step.WITHDRAW:
        others = known[1 : 1 + _MOST_EARLIER] if of is None else []
        return _asked_to_withdraw(context, admin, meant, others)
    return await _asked_or_form(context, admin, typed, meant)


async def announce_now(context: ActionContext, admin: AdminServices, draft: FreeText) -> Reply:
    """Has the text posted, once to each of the channels; or corrected or deleted wherever it stands."""
    say, by = context.query.say, context.user.name or str(context.user.person)
    places = places_named(draft.channels, context)
    if draft.posted:
        await admin.operations.change(draft.posted, draft.text, by)
        announcement_id, done = draft.posted.subject.id, "corrected" if draft.text else "withdrawn"
    else:
        announcement_id, done = context.query.invocation.argument, "done"
        await admin.operations.announce(announcement_id, draft.text, draft.channels, by)
    actions = _to_change(announcement_id, context) if draft.text else ()
    return Reply(say(f"speaking.{done}", places=places), actions=actions)


def _to_change(announcement_id: str, context: ActionContext) -> tuple[Action, ...]:
    say = context.query.say
    return (
        Action(say("action.correct"), f"{ANNOUNCE} of={announcement_id}"),
        _to_withdraw(announcement_id, say("action.withdraw")),
    )


def _to_withdraw(announcement_id: str, label: str) -> Action:
    return Action(label, f"{ANNOUNCE} {_Step.WITHDRAW} of={announcement_id}")


def _understood(argument: str) -> tuple[_Step | None, str]:
    """What is to be done, and the text. A text that begins with the word for withdrawing is a text."""
    found = _FIRST_WORD.fullmatch(argument)
    step = _STEPS.get(folded(found[1])) if found else None
    rest = (found[2] or "").strip() if found else ""
    if step is None or (step is _Step.WITHDRAW and rest):
        return None, argument
    return step, rest


async def _asked_or_form(
    context: ActionContext, admin: AdminServices, typed: str, posted: Announcement | None
) -> Reply:
    """The question whether to post or correct it; the form if there is no text yet."""
    if not typed and not any(map(cleaned, context.values.values())):
        return announcement_form(context, admin, posted)
    try:
        text = announcement_text(typed, context)
    except FieldError as unusable:
        return _again(context, admin, unusable.sentence(context.query.say))
    for each in text.variants:
        if problem := problem_of(each, context):
            return _again(context, admin, problem)
    return await _asked(context, admin, text, posted)


def _again(context: ActionContext, admin: AdminServices, problem: str) -> Reply:
    """What is wrong; a form that was filled in can be opened again, as it was."""
    say, query = context.query.say, context.query
    if not context.values:
        return Reply(problem, note=say("speaking.example"), outcome=ReplyStatus.REFUSED)
    kept = FilledIn(query.invocation.line, dict(context.values))
    token = admin.drafts.put(kept, context.user.person, context.at)
    line = query.invocation.with_setting("draft", token).line
    return Reply(
        problem,
        actions=(Action(say("forms.again"), line),),
        note=say("forms.kept", minutes=MINUTES_VALID),
        outcome=ReplyStatus.REFUSED,
    )


async def _asked(context: ActionContext, admin: AdminServices, text: Localized, posted: Announcement | None) -> Reply:
    """Shows the text as it will look in each language, and where."""
    say, query = context.query.say, context.query
    following = [each for each in await context.services.followers.followers() if not each.address.is_person]
    if posted:
        known = {each.address: each for each in following}
        channels = [known.get(each, Follower(each, context.at)) for each in posted.channels]
        if text == posted.subject.text:
            return Reply(say("managing.no_change"))
    elif not following:
        return Reply(say("speaking.nobody_follows"), outcome=ReplyStatus.REFUSED)
    else:
        to = query.invocation.settings.get("to")
        channels = following if to is None else _chosen(to, following, context.user.channel)
        if not channels:
            wrong = say("speaking.no_such_channel", typed=to or "")
            return Reply(wrong, note=say("speaking.to"), outcome=ReplyStatus.NOT_FOUND)
    draft = FreeText(text, tuple(each.address for each in channels), posted)
    parts = tuple(_previews(text, channels, context))
    if posted is None:
        sure, label = say("speaking.sure", count=len(channels)), say("action.announce")
        return _question(context, admin, draft, sure, parts, label)
    before = Section(say("speaking.before"), ((_first_line(posted, context),),))
    sure = say("speaking.sure_correct", when=_when(posted, context))
    return _question(context, admin, draft, sure, (before, *parts), say("action.correct"))


def _asked_to_withdraw(
    context: ActionContext, admin: AdminServices, meant: Announcement, others: Sequence[Announcement]
) -> Reply:
    """Shows which text would be deleted, and where; `others` can be chosen instead."""
    say = context.query.say
    sure = say("speaking.sure_withdraw", when=_when(meant, context))
    where = say("managing.where", places=places_named(meant.channels, context))
    shown = Section(say("speaking.before"), ((_first_line(meant, context),), (where,)))
    earlier = tuple(_to_withdraw(each.subject.id, _withdraw_that(each, context)) for each in others)
    draft = FreeText(None, meant.channels, meant)
    return _question(context, admin, draft, sure, (shown,), say("action.withdraw"), earlier)


def _question(
    context: ActionContext,
    admin: AdminServices,
    draft: FreeText,
    sure: str,
    parts: tuple[Part, ...],
    label: str,
    others: tuple[Action, ...] = (),
) -> Reply:
    say = context.query.say
    token = admin.drafts.put(draft, context.user.person, context.at)
    return Reply(
        sure,
        parts,
        actions=(
            Action(label, f"admin confirm {token}", danger=draft.text is None, primary=True),
            *others,
            Action(say("action.discard"), f"admin discard {token}"),
        ),
        note=say("managing.valid", minutes=MINUTES_VALID),
    )


def _withdraw_that(announcement: Announcement, context: ActionContext) -> str:
    return context.query.say("action.withdraw_of", when=_when(announcement, context))


def _when(announcement: Announcement, context: ActionContext) -> str:
    return moment_written(context.query.series.local(announcement.subject.due), context.query.language)


def _first_line(announcement: Announcement, context: ActionContext) -> str:
    text = announcement.subject.text
    return free_post(text.into(context.query.language), context.query).headline if text else ""


def _previews(text: Localized, channels: Sequence[Follower], context: ActionContext) -> Iterator[Part]:
    """The post as it will look, with its channels, for each of their languages in which it says something else."""
    say, series = context.query.say, context.query.series
    places: dict[str, list[Address]] = {}
    languages: dict[str, Language] = {}
    for each in channels:
        language = each.language or series.language
        words = text.into(language)
        places.setdefault(words, []).append(each.address)
        languages.setdefault(words, language)
    for words, addresses in places.items():
        post = free_post(words, View(series, context.at, languages[words]))
        where = say("managing.where", places=places_named(addresses, context))
        yield Section(say("speaking.post"), ((post.headline,), (where,)))
        yield from post.parts


def _chosen(to: str, following: Sequence[Follower], here: Address | None) -> list[Follower]:
    """The channels that were named: `here`, all of a platform, or by their numbers in the list of `/admin channels`."""
    if to == _HERE:
        return [each for each in following if each.address == here]
    if re.fullmatch(r"\d+(,\d+)*", to):
        positions = {int(each) for each in to.split(",")}
        known = all(1 <= each <= len(following) for each in positions)
        return [channel for position, channel in enumerate(following, 1) if position in positions] if known else []
    return [each for each in following if each.address.platform == to]
