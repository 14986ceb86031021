"""What commands that change something need beyond the schedule: who follows, and the platforms' channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.cards.view import View
from bot.commands.access import Access
from bot.commands.parser import Invocation, User
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Address

if TYPE_CHECKING:  # a question needs none of these; loading them takes longer than answering
    from bot.announcements.departures import Departures
    from bot.announcements.impact import ImpactPreview
    from bot.announcements.operations import Operations
    from bot.announcements.state import Followers
    from bot.commands.admin.drafts import Drafts
    from bot.commands.channels import Channels
    from bot.commands.sharing import SharedAnswers
    from bot.schedule.editor import ScheduleEditor
    from bot.schedule.revisions import Revisions
    from bot.sources.sync import SourceSync

CalendarWriter = Callable[[Series, Sequence[Lecture], Language, datetime], bytes]
"""Writes lectures as an iCalendar file at the aware present; those without a date are left out."""


@dataclass(frozen=True, slots=True)
class QueryContext(View):
    """An understood request together with all that answering it needs; `feed` is the calendar's address, if any."""

    invocation: Invocation
    calendar: CalendarWriter
    feed: str | None = None

    @property
    def page(self) -> int:
        """The page asked for, from 1; anything that is no number is the first."""
        page = self.invocation.settings.get("page", "1")
        return max(1, int(page)) if page.isdecimal() else 1


@dataclass(frozen=True, slots=True)
class AdminServices:
    """What organizers' commands need besides; without it, they are told that nothing can be managed here."""

    editor: ScheduleEditor
    impact_preview: ImpactPreview
    revisions: Revisions
    operations: Operations
    drafts: Drafts
    page: SourceSync | None = None


@dataclass(frozen=True, slots=True)
class CommandServices:
    """The services of commands that change something.

    `fixed` channels follow by the settings, not by a command; `shared` keeps what is shown to whole channels,
    `departures` takes note of channels that are gone.
    """

    followers: Followers
    channels: Channels
    access: Access = field(default_factory=Access)
    fixed: frozenset[Address] = field(default_factory=frozenset)
    admin: AdminServices | None = None
    shared: SharedAnswers | None = None
    departures: Departures | None = None


@dataclass(frozen=True, slots=True)
class ActionContext:
    """An understood command that acts: the query, who asks, and the services; `at` is the aware present.

    `values` are the fields of the form that was filled in, if the command comes from one.
    """

    query: QueryContext
    user: User
    services: CommandServices
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def view(self) -> View:
        """The series, the present and the language of the query."""
        return self.query

    @property
    def at(self) -> datetime:
        """The present."""
        return self.query.now


class ReplyStatus(StrEnum):
    """Whether the person got what was asked for."""

    DONE = "done"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    MISUNDERSTOOD = "misunderstood"


@dataclass(frozen=True, slots=True)
class Reply(Message):
    """An answer, complete in itself.

    `mistakes` are what is wrong with the fields of the form that was filled in, by their names, where that is all that
    there is to say: a platform that can shows them below the fields, and nothing else.
    """

    outcome: ReplyStatus = ReplyStatus.DONE
    mistakes: tuple[tuple[str, str], ...] = ()
