"""The posts of the bot in a conversation's history, found by the markers that they carry."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.platforms.slack.client import Identity

PAGE: Final = 200
"""Messages of one answer at most; Slack recommends no more (conversations.history)."""

EVENT: Final = "lecturebot_post"
"""The type of the metadata that a post carries."""

_MARGIN: Final = timedelta(minutes=17)
"""So much more of the past is read: the clock that `since` was read from may have been wrong, and put right since."""


def start(since: datetime, skew: float | None) -> str:
    """The `oldest` after which messages are not older than `since`, whatever clock that was read from."""
    now = datetime.now(UTC) + timedelta(seconds=skew or 0.0)
    behind = timedelta(seconds=min(skew or 0.0, 0.0))
    return f"{(min(since + behind, now) - _MARGIN).timestamp():.6f}"


def metadata(marker: str) -> dict[str, Any]:
    """The metadata by which a post is known again."""
    return {"event_type": EVENT, "event_payload": {"marker": marker}}


def found(messages: Any, marker: str, us: Identity) -> str | None:
    """The `ts` of our message with this marker; KeyError, TypeError or AttributeError if they have another form.

    The marker is looked for in the metadata and in the blocks: either may be taken from it by an edit of another tool.
    """
    if not isinstance(messages, list):
        raise TypeError("no list")
    for message in messages:
        ours = message.get("bot_id") == us.bot or message.get("user") == us.user
        if ours and marker in (_noted(message), *_on_blocks(message)):
            return str(message["ts"])
    return None


def block_id(marker: str, edition: str = "") -> str:
    """The id of a post's first block: the marker, and after an edit which edition it is (ids are not to be reused)."""
    return f"{marker}.{edition}" if edition else marker


def _noted(message: dict[str, Any]) -> str | None:
    noted = message.get("metadata") or {}
    marker = (noted.get("event_payload") or {}).get("marker") if noted.get("event_type") == EVENT else None
    return marker if isinstance(marker, str) else None


def _on_blocks(message: dict[str, Any]) -> list[str]:
    return [str(block.get("block_id", "")).partition(".")[0] for block in message.get("blocks") or []]
