"""Slack as `lecturebot doctor` looks at it: asked over the Web API, without a connection that would take requests."""

from collections.abc import AsyncIterator
from typing import Final

from bot.domain.subscriptions import Address, AddressKind
from bot.platforms import CredentialsRefusedError
from bot.platforms.inspection import Expectations, Finding, Inspection, note, well, wrong
from bot.platforms.slack.client import Identity, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.poster import SlackPoster
from bot.platforms.slack.scopes import lacking, right

_FAULTS: Final = (SlackRefusedError, SlackUnreachableError)
_NOBODY: Final = frozenset(("user_not_found", "user_not_visible", "users_not_found", "no_such_subteam"))
"""What Slack says of a person or user group that is not there."""


async def inspect(bot_token: str, app_token: str | None, api_url: str | None, expected: Expectations) -> Inspection:
    """What Slack says of the tokens, of the channels to which posts go, and of the organizers."""
    web = Web(bot_token, api_url, lambda _: None)
    web.open()
    try:
        findings = [each async for each in _findings(web, app_token, expected)]
    finally:
        await web.close()
    return Inspection(tuple(findings), web.skew)


async def _findings(web: Web, app_token: str | None, expected: Expectations) -> AsyncIterator[Finding]:
    try:
        identity = await web.identity()
    except CredentialsRefusedError:
        yield wrong("cli.refused.slack", setting="SLACK_BOT_TOKEN")
        return
    except _FAULTS as fault:
        yield wrong("doctor.slack.unreachable", "doctor.unreachable.mend", reason=str(fault))
        return
    yield _scopes(identity)
    yield expected.home_found({identity.team: identity.team})
    if app_token:
        yield await _app_token(web, app_token)
    poster = SlackPoster(web, lambda: identity, CommandNames())
    for each in expected.followers:
        yield await _channel(poster, each.address)
    for address in expected.organizers:
        yield await _organizer(web, address)


def _scopes(identity: Identity) -> Finding:
    if lacked := lacking(identity.scopes):
        return wrong("doctor.slack.scopes", "doctor.slack.scopes.mend", tuple(map(right, lacked)))
    return well("doctor.slack.token", team=identity.team)


async def _app_token(web: Web, app_token: str) -> Finding:
    try:
        await web.socket_address(app_token)
    except CredentialsRefusedError:
        return wrong("cli.refused.slack", setting="SLACK_APP_TOKEN")
    except _FAULTS as fault:
        return wrong("doctor.slack.socket", "doctor.slack.socket.mend", reason=str(fault))
    return well("doctor.slack.app_token")


async def _channel(poster: SlackPoster, address: Address) -> Finding:
    if lacks := await poster.missing_rights(address):
        return wrong("doctor.channel.lacks", "doctor.channel.lacks.mend", lacks, channel=poster.name_of(address))
    return well("doctor.channel.well", channel=poster.name_of(address))


async def _organizer(web: Web, address: Address) -> Finding:
    """Whether that person or user group is there."""
    organizer = str(address)
    try:
        if address.kind is AddressKind.ROLE:
            there = bool(await web.group_members(address.id))
        else:
            there = not (await web.person(address.id)).deleted
    except (*_FAULTS, CredentialsRefusedError) as fault:
        if not isinstance(fault, SlackRefusedError) or fault.code not in _NOBODY:
            return note("doctor.organizer.unchecked", organizer=organizer, reason=str(fault))
        there = False
    if there:
        return well("doctor.organizer.well", organizer=organizer)
    return wrong("doctor.organizer.unknown", "doctor.organizer.unknown.mend", organizer=organizer)
