"""What the bot's token may do, compared with what the manifest asks for."""

from collections.abc import Collection
from typing import Final

SCOPES: Final = (
    "app_mentions:read",  # @lecturebot next
    "channels:history",  # whether a post is there whose answer got lost: in a public channel,
    "channels:read",  # whether the bot is in a public channel, before somebody relies on its posts there
    "chat:write",  # answers and posts
    "commands",
    "files:write",  # the calendar file
    "groups:history",  # … in a private channel,
    "groups:read",
    "im:history",  # … among the direct messages,
    "im:write",  # reminders and files as direct messages
    "mpim:history",  # … and in a group message
    "mpim:read",
    "pins:write",  # the card of the next lecture, where a channel wants it
    "usergroups:read",  # who is in a user group of organizers
    "users:read",  # the language a person reads; who administrates the workspace
)


def lacking(granted: Collection[str] | None) -> tuple[str, ...]:
    """The scopes of the manifest that were not granted; none where Slack doesn't tell which were."""
    return () if granted is None else tuple(scope for scope in SCOPES if scope not in granted)


def crippling(granted: Collection[str] | None) -> str:
    """Why nothing can be said with such a token, in a few words; empty if something can."""
    return "Slack's token lacks the scope chat:write" if "chat:write" in lacking(granted) else ""


def right(scope: str) -> str:
    """The name of the phrase that tells a scope by its own name, and what doesn't work without it."""
    return f"rights.slack.{scope.replace(':', '_')}"
