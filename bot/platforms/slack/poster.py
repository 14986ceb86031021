"""Posts in channels and direct messages on Slack, each request sent once and its outcome told as it is."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import orjson
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.announcements import poster
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Unknown, Unreadable
from bot.domain.language import Language
from bot.domain.message import Message
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.slack import history
from bot.platforms.slack.blocks import payload
from bot.platforms.slack.client import TOKEN_REFUSED, Call, Identity, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.names import Names
from bot.platforms.slack.rate_limits import RateLimits
from bot.platforms.slack.scopes import lacking, right

_GONE = (
    *("channel_not_found", "is_archived", "is_inactive", "team_not_found"),
    *("user_not_found", "users_not_found", "user_removed_from_team"),
)
_CLOSED = (
    *("cannot_dm_bot", "user_disabled", "user_not_visible", "messages_tab_disabled"),
    *("invalid_user_combination", "not_enough_users"),  # nobody in common any more; the bot itself
)
_CONTENT = (
    *("invalid_blocks", "invalid_blocks_format", "block_mismatch", "msg_blocks_too_long", "msg_too_long", "no_text"),
    *("invalid_attachments", "too_many_attachments", "attachment_payload_limit_exceeded"),
    *("metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema"),
    *("invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data"),
    *("invalid_post_type", "missing_post_type", "invalid_json", "json_not_object"),
)
_BY_CODE: Final[Mapping[str, Refusal]] = MappingProxyType(
    {
        **dict.fromkeys(_GONE, Refusal.GONE),
        "message_not_found": Refusal.MESSAGE,
        **dict.fromkeys(_CLOSED, Refusal.CLOSED),
        **dict.fromkeys(_CONTENT, Refusal.CONTENT),
        **dict.fromkeys(TOKEN_REFUSED, Refusal.CREDENTIALS),
    }
)
_TOO_OFTEN = frozenset(("ratelimited", "rate_limited", "message_limit_exceeded"))
_REFUSED_FOR = 5.0
"""Seconds to keep away after a refusal that doesn't say how long."""


def refusal(refused: SlackRefusedError) -> poster.Refused | NotSent:
    """The outcome of a request to which Slack said no, in one of its error codes.

    A code that isn't listed counts as a missing right, as most of Slack's codes are ones (`not_in_channel`,
    `restricted_action…`, `missing_scope`, `ekm_access_denied` …) and new ones keep being added. Slack names those after
    which something may have been done, so nothing was; and as a right a post is neither dropped nor sent over and over:
    it is tried again every few minutes, and the organizers are told the code.
    """
    if refused.wait is not None or refused.code in _TOO_OFTEN:
        return NotSent(refused.code, _REFUSED_FOR if refused.wait is None else refused.wait)
    return poster.Refused(_BY_CODE.get(refused.code, Refusal.RIGHTS), refused.code)


def _unreadable(answer: poster.Refused | NotSent | Unknown) -> Unreadable:
    return Unreadable(answer.detail, isinstance(answer, poster.Refused))


def lost(unreachable: SlackUnreachableError) -> NotSent | Unknown:
    """The outcome of a request without an answer of Slack's own.

    An error of a server, 503 too, may come from a proxy that lost the connection after the request was passed on.
    """
    return NotSent(unreachable.reason) if unreachable.applied is False else Unknown(unreachable.reason)


def missing_rights(channel: Mapping[str, Any], scopes: str | None) -> tuple[str, ...]:
    """The names of what is lacking for posts; `scopes` are those of the token, separated by commas, if known."""
    if channel.get("is_archived"):
        return ("rights.slack.archived",)
    if channel.get("is_member") is False:
        return ("rights.slack.member",)
    lacked = lacking(None if scopes is None else {scope.strip() for scope in scopes.split(",")})
    return tuple(right(scope) for scope in (_history(channel), "pins:write") if scope in lacked)


def _history(channel: Mapping[str, Any]) -> str:
    """The scope without which a conversation of this kind can't be read."""
    if channel.get("is_im"):
        return "im:history"
    if channel.get("is_mpim"):
        return "mpim:history"
    return "groups:history" if channel.get("is_private") or channel.get("is_group") else "channels:history"


_Answer = AsyncSlackResponse | poster.Refused | NotSent | Unknown

_LIMIT: Final = poster.LIMIT - 0.5
"""Seconds for a call: a little less than the caller gives, so that what is known of the outcome is told."""
_EDIT_WAIT: Final = 5.0
"""Seconds that an edit waits for its turn at most: what is then left of its limit must do for the answer."""
_MOST_PAGES: Final = 10
_OFFLINE: Final = "not connected"
_NOWHERE: Final = poster.Refused(Refusal.GONE, "no channel and no person")
_GROUP: Final = re.compile("S[A-Z0-9]{1,20}")


class SlackPoster:
    """Posts while the platform runs; `us` is who the bot is there, None while it doesn't run or that isn't known."""

    platform: Final = "slack"
    idempotent: Final = False

    def __init__(self, web: Web, us: Callable[[], Identity | None], command_names: CommandNames) -> None:
        self._web: Final = web
        self._us: Final = us
        self._command_names: Final = command_names
        self.names: Final = Names(web)
        self._rates: Final = RateLimits()
        self._conversations: Final[dict[str, str]] = {}
        """The channels of direct messages, by the person's id."""

    @property
    def ready(self) -> bool:
        """Whether the platform runs and Slack has taken its token; posts don't need the socket."""
        return self._us() is not None

    async def turn(self, address: Address, priority: int) -> None:
        """Waits for a place in the channel's and the bot's rates, which the next post there then has."""
        if self.ready:
            await self._rates.turn(address.id, priority)

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Sends a message that carries the marker; the id of a direct message names its channel too."""
        until = _until()
        channel = await self._channel(address, until)
        if not isinstance(channel, str):
            return channel
        group = ping if ping and not address.is_person and _GROUP.fullmatch(ping) else None
        arguments = {
            **_arguments(self._command_names.spelled(message), language, marker, group),
            "metadata": history.metadata(marker),
        }
        if wait := self._rates.post(address.id):
            return NotSent("waiting for its turn", wait)
        answer = await self._ask(
            "chat.postMessage", lambda client: client.chat_postMessage(channel=channel, **arguments), until
        )
        if isinstance(answer, NotSent) and answer.wait:
            self._rates.pause(address.id, answer.wait)
        if isinstance(answer, poster.Refused) and answer.why is Refusal.GONE:
            self._conversations.pop(address.id, None)
        return _outcome(answer, "" if channel == address.id else channel)

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """Puts something else in the place of a message, whose metadata stays; nobody is pinged by it."""
        until = _until()
        if not self.ready:
            return NotSent(_OFFLINE)
        channel, ts = _place(address, message_id)
        arguments = _arguments(self._command_names.spelled(message), language, marker, None)
        edition = hashlib.sha256(orjson.dumps(arguments["blocks"])).hexdigest()[:8]
        arguments["blocks"][0]["block_id"] = history.block_id(marker, edition)
        # Unlike chat.postMessage, this would look for mentions and addresses in the text if it isn't told not to.
        arguments |= {"channel": channel, "ts": ts, "parse": "none"}
        del arguments["unfurl_links"], arguments["unfurl_media"]
        if wait := await self._rates.edit(address.id, _EDIT_WAIT):
            return NotSent("waiting for its turn", wait)
        answer = await self._ask("chat.update", lambda client: client.chat_update(**arguments), until)
        if isinstance(answer, NotSent) and answer.wait:
            self._rates.pause_edits(answer.wait)
        return _outcome(answer, "" if channel == address.id else channel)

    async def pin(self, address: Address, message_id: str) -> Outcome:
        """Pins a message in its channel."""
        channel, ts = _place(address, message_id)
        answer = await self._ask("pins.add", lambda client: client.pins_add(channel=channel, timestamp=ts), _until())
        if isinstance(answer, poster.Refused) and answer.detail == "already_pinned":
            return Posted(message_id)
        return Posted(message_id) if isinstance(answer, AsyncSlackResponse) else answer

    async def remove(self, address: Address, message_id: str) -> Outcome:
        """Deletes a message."""
        channel, ts = _place(address, message_id)
        answer = await self._ask("chat.delete", lambda client: client.chat_delete(channel=channel, ts=ts), _until())
        return Posted(message_id) if isinstance(answer, AsyncSlackResponse) else answer

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:
        """The message with this marker, if it is in the history since then; None means: certainly not there."""
        us, until = self._us(), _until()
        channel = await self._channel(address, until)
        if us is None or not isinstance(channel, str):
            return Unreadable(_OFFLINE) if isinstance(channel, str) else _unreadable(channel)
        query: dict[str, Any] = {
            "channel": channel,
            "oldest": history.start(since, self._web.skew),
            "limit": history.PAGE,
            "include_all_metadata": True,
        }
        for _ in range(_MOST_PAGES):
            answer = await self._page(query, until)
            if not isinstance(answer, AsyncSlackResponse):
                return _unreadable(answer)
            try:
                if ts := history.found(answer["messages"], marker, us):
                    return Posted(ts if channel == address.id else f"{channel}:{ts}")
                cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            except (KeyError, TypeError, AttributeError):
                return Unreadable("history in an unknown form")
            if not cursor:
                # More without a cursor to it would be a history of which the rest is hidden.
                return Unreadable("history without its end") if answer.get("has_more") else None
            query["cursor"] = cursor
        return Unreadable(f"more than {_MOST_PAGES * history.PAGE} messages since then", True)

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> None:
        """Nothing: who is in a user group is for the workspace's people to say."""

    def name_of(self, address: Address) -> str:
        """The workspace's name, or that of a channel or user group; any other address as the settings write it."""
        us = self._us()
        ours = us and address == Address("slack", AddressKind.COMMUNITY, us.team)
        return us.team_name if us and ours and us.team_name else self.names.of(address.id) or str(address)

    def ping_trouble(self, channel: Address, group: str) -> None:
        """Slack pings whichever user group is named."""

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Names of phrases (`rights.…`) for what the bot needs there and lacks; empty if all is well or unknown."""
        if not self.ready or address.kind is not AddressKind.CHANNEL:
            return ()
        answer = await self._ask(
            "conversations.info", lambda client: client.conversations_info(channel=address.id), _until()
        )
        if isinstance(answer, AsyncSlackResponse):
            described = answer.get("channel")
            if isinstance(described, dict):
                self.names.learn_channel(address.id, described.get("name"))
            scopes = answer.headers.get("X-OAuth-Scopes")
            return missing_rights(described, scopes) if isinstance(described, dict) else ()
        if isinstance(answer, poster.Refused) and answer.detail == "channel_not_found":
            return ("rights.slack.member",)  # what Slack says of a private channel to whoever isn't in it
        return ()

    async def _channel(self, address: Address, until: float) -> str | poster.Refused | NotSent:
        """The id of the channel to write to; for a person the one of direct messages, opened if need be."""
        if not self.ready:
            return NotSent(_OFFLINE)
        if address.kind is AddressKind.CHANNEL:
            return address.id
        if not address.is_person:
            return _NOWHERE
        if known := self._conversations.get(address.id):
            return known
        answer = await self._ask(
            "conversations.open", lambda client: client.conversations_open(users=address.id), until
        )
        if isinstance(answer, AsyncSlackResponse):
            opened = answer.get("channel")
            channel = opened.get("id") if isinstance(opened, dict) else None
            if not isinstance(channel, str):
                return NotSent("no conversation")
            self._conversations[address.id] = channel
            return channel
        # Whether or not it was opened, nothing has been said in it yet.
        return NotSent(answer.detail) if isinstance(answer, Unknown) else answer

    async def _page(self, query: dict[str, Any], until: float) -> _Answer:
        return await self._ask("conversations.history", lambda client: client.conversations_history(**query), until)

    async def _ask(self, what: str, call: Call, until: float) -> _Answer:
        try:
            return await self._web.ask(what, call, until)
        except SlackRefusedError as refused:
            return refusal(refused)
        except SlackUnreachableError as unreachable:
            return lost(unreachable)


def _arguments(message: Message, language: Language, marker: str, group: str | None) -> dict[str, Any]:
    """A message that pings this one user group, if any; its first block carries the marker."""
    said = payload(message, language, private=False)
    del said["response_type"]
    first: dict[str, Any] = said["blocks"][0]
    first["block_id"] = history.block_id(marker)
    if group:
        said["text"] = f"<!subteam^{group}> {said['text']}"
        mention = [{"type": "usergroup", "usergroup_id": group}, {"type": "text", "text": " "}]
        first["elements"][0]["elements"][:0] = mention
    return said


def _place(address: Address, message_id: str) -> tuple[str, str]:
    """The channel of a message, and its time there, which is its name."""
    channel, _, ts = message_id.rpartition(":")
    return channel or address.id, ts


def _outcome(answer: _Answer, channel: str) -> Outcome:
    if not isinstance(answer, AsyncSlackResponse):
        return answer
    ts = answer.get("ts")
    if not ts:
        return Unknown("ok without a message")
    return Posted(f"{channel}:{ts}" if channel else str(ts))


def _until() -> float:
    return asyncio.get_running_loop().time() + _LIMIT
