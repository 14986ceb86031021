"""What Slack's refusals mean for a post."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.announcements import poster
from bot.announcements.poster import NotSent, Refusal, Unknown
from bot.platforms.slack.calls import TOKEN_REFUSED, Refused, Unreachable

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


def refusal(refused: Refused) -> poster.Refused | NotSent:
    """The outcome of a request to which Slack said no, in one of its error codes.

    A code that isn't listed counts as a missing right, as most of Slack's codes are ones (`not_in_channel`,
    `restricted_action…`, `missing_scope`, `ekm_access_denied` …) and new ones keep being added. Slack names those after
    which something may have been done, so nothing was; and as a right a post is neither dropped nor sent over and over:
    it is tried again every few minutes, and the organizers are told the code.
    """
    if refused.wait is not None or refused.code in _TOO_OFTEN:
        return NotSent(refused.code, _REFUSED_FOR if refused.wait is None else refused.wait)
    return poster.Refused(_BY_CODE.get(refused.code, Refusal.RIGHTS), refused.code)


def lost(unreachable: Unreachable) -> NotSent | Unknown:
    """The outcome of a request without an answer of Slack's own.

    An error of a server, 503 too, may come from a proxy that lost the connection after the request was passed on.
    """
    return NotSent(unreachable.reason) if unreachable.applied is False else Unknown(unreachable.reason)
