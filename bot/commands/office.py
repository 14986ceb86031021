"""What commands that change something need beyond the schedule: who follows, and the platforms' channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.announcements.followers import Followers
from bot.announcements.poster import Outcome
from bot.cards.view import View
from bot.commands.access import Access
from bot.commands.managing.drafts import Drafts
from bot.commands.managing.editor import Foresight, ScheduleEditor
from bot.commands.managing.operations import Operations
from bot.commands.managing.page import PageSync
from bot.commands.question import Question
from bot.commands.requests import Asker
from bot.commands.revisions import Revisions
from bot.content import Message
from bot.domain.audience import Address
from bot.domain.language import Language


class Channels(Protocol):
    """The channels of all platforms, as far as commands touch them. No method raises."""

    async def try_out(self, address: Address, message: Message, language: Language) -> Outcome:
        """Posts a message there, once, whatever comes of it."""

    async def missing_rights(self, address: Address) -> tuple[str, ...]:
        """Phrases (`rights.…`) for what the bot needs there and lacks."""

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        """Has a person belong to the role that is pinged in a channel, or no longer; None where that is not ours."""

    def wake(self) -> None:
        """Somebody follows, or wants something else than before."""


@dataclass(frozen=True, slots=True)
class Management:
    """What organizers' commands need besides; without it, they are told that nothing can be managed here."""

    editor: ScheduleEditor
    foresight: Foresight
    revisions: Revisions
    operations: Operations
    drafts: Drafts
    page: PageSync | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Where commands that act find what they need. `fixed` channels follow by the settings, not by a command."""

    followers: Followers
    channels: Channels
    access: Access = field(default_factory=Access)
    fixed: frozenset[Address] = field(default_factory=frozenset)
    management: Management | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A command that acts, understood: the question, who asks, and the office; `at` is the aware present.

    `values` are the fields of the form that was filled in, if the command comes from one.
    """

    question: Question
    asker: Asker
    office: Office
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def view(self) -> View:
        """From where the schedule is looked at."""
        return self.question

    @property
    def at(self) -> datetime:
        """The present."""
        return self.question.now
