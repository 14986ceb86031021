"""What the bot lacks in a channel, as Slack describes the channel and the token's scopes."""

from collections.abc import Mapping
from typing import Any


def missing_rights(channel: Mapping[str, Any], scopes: str | None) -> tuple[str, ...]:
    """The names of what is lacking for posts; `scopes` are those of the token, separated by commas, if known."""
    if channel.get("is_archived"):
        return ("rights.slack.archived",)
    if channel.get("is_member") is False:
        return ("rights.slack.member",)
    granted = None if scopes is None else {scope.strip() for scope in scopes.split(",")}
    return () if granted is None or _history(channel) in granted else ("rights.slack.history",)


def _history(channel: Mapping[str, Any]) -> str:
    """The scope without which a conversation of this kind can't be read."""
    if channel.get("is_im"):
        return "im:history"
    if channel.get("is_mpim"):
        return "mpim:history"
    return "groups:history" if channel.get("is_private") or channel.get("is_group") else "channels:history"
