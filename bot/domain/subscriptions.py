"""Who is told: channels that follow the series, people who asked to be reminded, and what each wants to hear."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.language import Language
from bot.domain.reminder_times import Kind, News, Stage
from bot.domain.series import Series


class AddressKind(StrEnum):
    """What an address leads to."""

    CHANNEL = "channel"
    USER = "user"
    ROLE = "role"
    """A role on Discord, a user group on Slack."""

    COMMUNITY = "community"
    """A server on Discord, a workspace on Slack."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A channel, a person, a group of people or a community on some platform, by the platform's own id."""

    platform: str
    kind: AddressKind
    id: str

    @property
    def is_person(self) -> bool:
        """Whether what is sent there is a direct message."""
        return self.kind is AddressKind.USER

    def __str__(self) -> str:
        """As the settings write it: `discord:123`, `discord:user:4`, `discord:role:5`, `slack:C05`, `slack:U05`."""
        if self.platform == "slack" or self.kind in (AddressKind.CHANNEL, AddressKind.COMMUNITY):
            return f"{self.platform}:{self.id}"
        return f"{self.platform}:{self.kind}:{self.id}"


_DISCORD: Final = re.compile(r"discord:(?:(channel|user|role):)?(\d{1,20})")
_SLACK: Final = re.compile(r"slack:([CGDUWS][A-Z0-9]{1,20})")
_OTHER: Final = re.compile(r"(terminal|print):(?:(user):)?([a-z0-9-]{1,32})")
_SLACK_KINDS: Final[Mapping[str, AddressKind]] = {
    "U": AddressKind.USER,
    "W": AddressKind.USER,
    "S": AddressKind.ROLE,
}


def address(text: str) -> Address | None:
    """The address that the settings' notation names; None for any other text."""
    plain = text.strip()
    if found := _DISCORD.fullmatch(plain):
        return Address("discord", AddressKind(found[1] or "channel"), found[2])
    if found := _SLACK.fullmatch(plain):
        return Address("slack", _SLACK_KINDS.get(found[1][0], AddressKind.CHANNEL), found[1])
    if found := _OTHER.fullmatch(plain):
        return Address(found[1], AddressKind(found[2] or "channel"), found[3])
    return None


_COMMUNITY: Final = re.compile(r"discord:\d{1,20}|slack:[TE][A-Z0-9]{1,20}")


def community(text: str) -> Address | None:
    """The server or workspace that the settings' notation names: `discord:123`, `slack:T05`; None for any other
    text."""
    plain = text.strip()
    if not _COMMUNITY.fullmatch(plain):
        return None
    platform, _, number = plain.partition(":")
    return Address(platform, AddressKind.COMMUNITY, number)


IMAGINARY: Final = Address("print", AddressKind.CHANNEL, "channel")
"""The channel that stands for any, where posts are only looked at."""


class Topic(StrEnum):
    """What people choose among, instead of among a dozen kinds of posts."""

    DEADLINES = "deadlines"
    REMINDERS = "reminders"
    CHANGES = "changes"
    MATERIALS = "materials"


TOPICS: Final[Mapping[Topic, frozenset[Kind]]] = {
    Topic.DEADLINES: frozenset({News.REGISTRATION_OPENED, Stage.LAST_WEEKDAY, Stage.CLOSING_SOON, Stage.CLOSING_TODAY}),
    Topic.REMINDERS: frozenset({Stage.WEEK_BEFORE, Stage.MORNING, Stage.STARTING}),
    Topic.CHANGES: frozenset({News.LISTED, News.DETAILS, News.CHANGED, News.POSTPONED, News.CANCELLED}),
    Topic.MATERIALS: frozenset({News.MATERIALS}),
}


def topics_of(series: Series) -> tuple[Topic, ...]:
    """The topics of which there can be posts: where nobody registers, there are no deadlines."""
    return tuple(each for each in Topic if each is not Topic.DEADLINES or series.has_registration)


_FOR_PERSONS: Final[frozenset[Kind]] = frozenset(
    {
        *(News.REGISTRATION_OPENED, Stage.CLOSING_SOON, Stage.LAST_WEEKDAY),
        Stage.MORNING,
        *(News.CHANGED, News.POSTPONED, News.CANCELLED),
        News.MATERIALS,
    }
)
"""What is worth a direct message: one before the deadline, one on the morning, and what makes plans wrong."""


@dataclass(frozen=True, slots=True)
class Follower:
    """A channel that follows the series, or a person who asked to be reminded.

    What became due before `since` (aware) is not for it. `lectures` limits it to these ids; None is all of them.
    `language` None is the series'. `ping` is the id of the role or user group that may be pinged there. With `pinned`
    the channel has a card of the next lecture at hand, pinned. `greeting` is the id of the message by which it was told
    what it receives.
    """

    address: Address
    since: datetime
    topics: frozenset[Topic] = frozenset(Topic)
    lectures: frozenset[str] | None = None
    language: Language | None = None
    ping: str | None = None
    pinned: bool = False
    greeting: str | None = None

    def wants(self, kinds: Collection[Kind], *, urgent: bool = False) -> bool:
        """Whether a post of these kinds is for it; what is urgent is for all who follow at all."""
        wanted: frozenset[Kind] = frozenset().union(*(TOPICS[topic] for topic in self.topics))
        if self.address.is_person:
            wanted &= _FOR_PERSONS
        elif urgent:
            return True
        return bool(wanted & frozenset(kinds))

    def concerned(self, lectures: Collection[str]) -> tuple[str, ...]:
        """Those of the lectures that it wants to hear of, in their order."""
        return tuple(each for each in lectures if self.lectures is None or each in self.lectures)
