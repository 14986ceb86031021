"""`/admin announce`: an organizer's own text to the channels that follow, shown first as it will look."""

import re
from collections.abc import Sequence
from typing import Final

from bot.announcements.post import free_post
from bot.commands.admin.draft_view import place_named, places_named
from bot.commands.admin.drafts import MINUTES_VALID, FreeText
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.registry import MAX_ANNOUNCEMENT
from bot.domain.message import Action, Section
from bot.domain.secret import secret_in
from bot.domain.subscriptions import Address
from bot.i18n.excerpts import units

_HERE: Final = "here"


async def announce(context: ActionContext, admin: AdminServices) -> Reply:
    """Shows the text as it will look and where it goes; nothing is posted before the same person says so."""
    say, query = context.query.say, context.query
    text = query.invocation.argument
    if not text:
        return Reply(say("speaking.no_text"), note=say("speaking.example"), outcome=ReplyStatus.MISUNDERSTOOD)
    if units(text) > MAX_ANNOUNCEMENT:
        length = say("speaking.too_long", most=MAX_ANNOUNCEMENT, length=units(text))
        return Reply(length, note=say("speaking.example"), outcome=ReplyStatus.REFUSED)
    secret = secret_in(text)
    if secret:
        return Reply(say(f"problem.secret.{secret}"), note=say("speaking.example"), outcome=ReplyStatus.REFUSED)
    following = [each.address for each in await context.services.followers.followers() if not each.address.is_person]
    if not following:
        return Reply(say("speaking.nobody_follows"), outcome=ReplyStatus.REFUSED)
    to = query.invocation.settings.get("to")
    channels = following if to is None else _chosen(to, following, context.user.channel)
    if not channels:
        return Reply(
            say("speaking.no_such_channel", typed=to or ""), note=say("speaking.to"), outcome=ReplyStatus.NOT_FOUND
        )
    post = free_post(text, query)
    token = admin.drafts.put(FreeText(text, tuple(channels)), context.user.person, context.at)
    where = tuple((place_named(each, context),) for each in channels)
    return Reply(
        say("speaking.sure", count=len(channels)),
        (
            Section(say("speaking.post"), ((post.headline,),)),
            *post.parts,
            Section(say("speaking.where"), where, bulleted=True),
        ),
        actions=(
            Action(say("action.announce"), f"admin confirm {token}", primary=True),
            Action(say("action.discard"), f"admin discard {token}"),
        ),
        note=say("managing.valid", minutes=MINUTES_VALID),
    )


async def announce_now(context: ActionContext, admin: AdminServices, free_text: FreeText) -> Reply:
    """Has the text posted, once to each of the channels."""
    by = context.user.name or str(context.user.person)
    await admin.operations.announce(free_text.text, free_text.channels, by)
    return Reply(context.query.say("speaking.done", places=places_named(free_text.channels, context)))


def _chosen(to: str, following: Sequence[Address], here: Address | None) -> list[Address]:
    """The channels that were named: `here`, all of a platform, or by their numbers in the list of `/admin channels`."""
    if to == _HERE:
        return [each for each in following if each == here]
    if re.fullmatch(r"\d+(,\d+)*", to):
        positions = {int(each) for each in to.split(",")}
        known = all(1 <= each <= len(following) for each in positions)
        return [address for position, address in enumerate(following, 1) if position in positions] if known else []
    return [each for each in following if each.platform == to]
