"""The permissions of Discord that matter to a bot that posts, by their bits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag


class Right(IntFlag):
    NONE = 0
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51


ALL_RIGHTS = Right((1 << 53) - 1)
MEMBERS_RIGHTS = (
    Right.VIEW_CHANNEL
    | Right.SEND_MESSAGES
    | Right.EMBED_LINKS
    | Right.ATTACH_FILES
    | Right.READ_MESSAGE_HISTORY
    | Right.ADD_REACTIONS
    | Right.USE_APPLICATION_COMMANDS
)
# The bot may ping everyone unless a test takes that away: what it does not ping is then its own doing.
BOTS_RIGHTS = MEMBERS_RIGHTS | Right.MENTION_EVERYONE | Right.MANAGE_MESSAGES
DIRECT_RIGHTS = MEMBERS_RIGHTS


@dataclass(slots=True)
class Overwrite:
    """What one role or one member is allowed or denied in one channel, beyond what they have in the guild."""

    is_role: bool
    allowed: Right = Right.NONE
    denied: Right = Right.NONE

    def allow(self, rights: Right) -> None:
        self.allowed |= rights
        self.denied &= ~rights

    def deny(self, rights: Right) -> None:
        self.denied |= rights
        self.allowed &= ~rights

    def apply(self, rights: Right) -> Right:
        return (rights & ~self.denied) | self.allowed


def in_channel(rights: Right) -> Right:
    """Who cannot see a channel can do nothing there; who cannot write there can neither embed nor ping."""
    if not rights & Right.VIEW_CHANNEL:
        return Right.NONE
    if not rights & Right.SEND_MESSAGES:
        return rights & ~(Right.MENTION_EVERYONE | Right.EMBED_LINKS | Right.ATTACH_FILES)
    return rights
